import { atLeast, atMost, type Figure, told } from '../../figures.ts';
import { TestBed } from '../../load/test-bed.ts';
import { converse } from './converse.ts';
import { gateways } from './doors/gateways.ts';
import { ownDoors } from './doors/own-doors.ts';
import { Fuzz } from './fuzz.ts';
import type { FuzzedDoor, FuzzTarget } from './fuzzed-door.ts';
import { Witness } from './witness.ts';

export interface FuzzOptions {
  /** Frames a door, and the share of them, one in so many, that goes before as a warm-up. */
  frames: number;
  seed: number;
  /** Only the door of this place in the list; 0: all. */
  door: number;
  /**
   * Seconds before memory is measured: whoever vanished without a word is given up after 45, and how a connection by
   * polling ended can be asked for 30 more.
   */
  settle: number;
}

const doors: readonly FuzzedDoor[] = [...ownDoors, ...gateways];
/** People, their connections at the same time, and frames on one at most. */
const people = 8;
const eachAtOnce = 2;
const framesEach = 1_000;
const warmUp = 10;
const mayGrow = 1.1;

/** Bar 20: whatever comes to a door, the server lives, keeps no memory of it, and nobody else is disturbed. */
export function run({ frames, seed, door: only, settle }: FuzzOptions): Promise<Figure[]> {
  return TestBed.with({ members: people + 1, roomy: true }, async (bed) => {
    const chosen = doors.filter((_, index) => only === 0 || index + 1 === only);
    const targets = await targetsOf(bed);
    const { server } = bed;
    const witness = await Witness.open(bed);
    for (const [index, door] of chosen.entries()) await fuzz(door, targets, frames / warmUp, seed + index * 1_000_003);
    const before = await settledMemory(bed, settle);
    const figures: Figure[] = [];
    let last = before.kept;
    for (const [index, door] of chosen.entries()) {
      const startedMs = performance.now();
      const sent = await fuzz(door, targets, frames, ~seed + index * 1_000_003);
      const seconds = (performance.now() - startedMs) / 1_000;
      const { kept } = await settledMemory(bed, 0);
      figures.push(atLeast(`${door.name}: frames`, sent.frames, frames));
      figures.push(told('  on connections', sent.connections), told('  in', seconds, 's'));
      figures.push(told('  answered with', sent.heard / 2 ** 20, 'MiB'));
      // Connections by polling that were left without a word are still waited for: judged at the end.
      figures.push(told('  memory afterwards, of that before', kept / last));
      last = kept;
    }
    const after = await settledMemory(bed, settle);
    const { gaps, doubles, posted, heard } = await witness.end();
    return [
      ...figures,
      atMost('server processes that ended', server.running && server === bed.server ? 0 : 1, 0),
      told('memory kept after the warm-up', before.kept / 2 ** 20, 'MiB'),
      atMost('memory kept at the end, of that', after.kept / before.kept, mayGrow),
      told('resident at the end, of that after the warm-up', after.rss / before.rss),
      atLeast('messages of a bystander that it heard itself', heard, posted),
      atMost('gaps in what it heard', gaps, 0),
      atMost('doubles in what it heard', doubles, 0),
      atMost('errors that the server logged', errorsLogged(server.said), 0),
    ];
  });
}

interface Sent {
  frames: number;
  connections: number;
  /** Bytes that came back. */
  heard: number;
}

async function fuzz(door: FuzzedDoor, targets: readonly FuzzTarget[], frames: number, seed: number): Promise<Sent> {
  const sent: Sent = { frames: 0, connections: 0, heard: 0 };
  const one = async (target: FuzzTarget): Promise<void> => {
    while (sent.frames < frames) {
      sent.connections += 1;
      const random = new Fuzz(seed + sent.connections * 7_919);
      const most = 1 + random.below(framesEach);
      const { frames: said, heard } = await converse(target.url, await door.converse(target, random), most);
      sent.frames += said;
      sent.heard += heard;
    }
  };
  await Promise.all(Array.from({ length: eachAtOnce }, () => targets.map(one)).flat());
  return sent;
}

async function targetsOf(bed: TestBed): Promise<FuzzTarget[]> {
  const { owner, members, room, space } = bed.people;
  const { token: hook } = await owner.api.call('webhook.create', { room, name: 'Fuzz' });
  return members.slice(0, people).map(({ token, user }) => {
    const target = bed.target(token, room);
    return { ...target, log: `room:${room}`, space, user, hook: `/hooks/${room}/${hook}` };
  });
}

/** Bytes, when so many seconds have passed. */
async function settledMemory({ server }: TestBed, seconds: number): Promise<{ kept: number; rss: number }> {
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  const { heapUsed, external, rss } = await server.memory();
  return { kept: heapUsed + external, rss };
}

const errorsLogged = (said: string): number =>
  said.split('\n').filter((line) => line.includes('"level":"error"')).length;
