/** Versions of the protocol that this build speaks, newest first. The client offers its own in `connection.hello`. */
export const protocolVersions = [1] as const;

export type ProtocolVersion = (typeof protocolVersions)[number];

/** The newest version that both sides speak, or `undefined` when there is none ([H3]). */
export function negotiateVersion(offered: readonly number[]): ProtocolVersion | undefined {
  return protocolVersions.find((version) => offered.includes(version));
}
