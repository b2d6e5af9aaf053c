import { createReadStream } from 'node:fs';

/** The far end of a TCP connection and the port that it came to. */
export interface TcpEnds {
  readonly localPort?: number | undefined;
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
}

/** What Linux tells of the TCP connections of this network (proc(5)); other systems have no such files. */
const tables = ['/proc/net/tcp', '/proc/net/tcp6'] as const;
/** How old what was read may be: many ask in the same moment. */
const freshMs = 1_000;
/**
 * How often the same bytes were sent again. The pauses double and begin at 200 ms or more: by then nothing was
 * acknowledged for more than six seconds.
 */
const repeats = 5;

/** One table for the whole process, because the kernel has only one. */
let lastRead: { readonly atMs: number; readonly silent: Promise<ReadonlySet<string>> } | undefined;

/** Whether the other machine has for seconds not acknowledged what it was sent. `false` where nobody knows. */
export async function isSilent(ends: TcpEnds): Promise<boolean> {
  const nowMs = performance.now();
  if (lastRead === undefined || nowMs - lastRead.atMs > freshMs) lastRead = { atMs: nowMs, silent: readSilent() };
  return (await lastRead.silent).has(keyOf(ends));
}

async function readSilent(): Promise<ReadonlySet<string>> {
  const silent = new Set<string>();
  for (const table of tables) {
    try {
      let rest = '';
      for await (const chunk of createReadStream(table, 'latin1')) {
        const lines = `${rest}${chunk}`.split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) for (const ends of silentIn(line)) silent.add(keyOf(ends));
      }
    } catch {
      // Another system, or a network without this kind of address.
    }
  }
  return silent;
}

/** `sl: local remote state sending:receiving timer:when repeats …`, numbers in hexadecimal. */
const row =
  /^\s*\d+: [0-9A-F]+:([0-9A-F]{4}) ([0-9A-F]+):([0-9A-F]{4}) [0-9A-F]{2} ([0-9A-F]{8}):\S+ \S+ ([0-9A-F]{8})/;

/** The connection of a line of the table, if it waits for an acknowledgement in vain. */
export function silentIn(line: string): TcpEnds[] {
  const [, localPort = '', address = '', remotePort = '', sending = '', sentAgain = ''] = row.exec(line) ?? [];
  if (!(hex(sending) > 0 && hex(sentAgain) >= repeats)) return [];
  return [{ localPort: hex(localPort), remoteAddress: addressOf(address), remotePort: hex(remotePort) }];
}

const hex = (text: string): number => Number.parseInt(text, 16);

/** Words of 32 bits, each as this machine keeps it in memory: the bytes there are those of the address. */
function addressOf(text: string): string {
  const words = Uint32Array.from(text.match(/.{8}/g) ?? [], hex);
  const bytes = new Uint8Array(words.buffer);
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, index) => ((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0));
  return groups.map((group) => group.toString(16)).join(':');
}

/** The same for every way to write an address. */
function keyOf({ localPort, remoteAddress = '', remotePort }: TcpEnds): string {
  const [address = ''] = remoteAddress.split('%');
  const six = address.includes(':') ? address : `::ffff:${address}`;
  const host = `http://[${six}]`;
  return `${localPort} ${URL.canParse(host) ? new URL(host).hostname : six} ${remotePort}`;
}
