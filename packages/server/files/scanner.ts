/** Looks for viruses in files. */
export interface Scanner {
  /** The name of what it finds, or `null`. @throws `Refusal('scanner-unavailable')` */
  signatureIn(path: string, size: number): Promise<string | null>;
}
