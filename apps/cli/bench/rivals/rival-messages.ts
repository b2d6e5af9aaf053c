/** What a server that Confab is compared with is told by its parent: publish this, so many times at once. */
export interface Publish {
  text: string;
  times: number;
}

/** What it says once: where it listens. */
export interface Listening {
  port: number;
}
