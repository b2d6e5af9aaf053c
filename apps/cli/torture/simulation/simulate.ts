import { addDevice, addListener, plan } from './happenings.ts';
import { type PlantName, plants } from './plants.ts';
import { verdict } from './verdict.ts';
import { World } from './world.ts';

export interface Simulation {
  readonly seed: number;
  /** What does not hold; empty when all is well. */
  readonly wrongs: readonly string[];
  /** Of everything that passed between the parts. */
  readonly hash: string;
  readonly sends: number;
  readonly acknowledged: number;
  readonly events: number;
  /** The longest that something was heard after the right to it was stored as lost, in simulated milliseconds. */
  readonly latestMs: number;
  /** The trace, when it was asked for. */
  readonly lines: readonly string[];
}

const goodMs = 1_500;
const badMs = 10_000;
/** Long enough for leases, graces and the longest wait of a device that is woken at its beginning. */
const healingMs = 12_000;

/** Runs a cluster through a bad time and lets it heal. The same seed is the same run, byte for byte. */
export async function simulate(
  seed: number,
  options: { plant?: PlantName; trace?: boolean } = {},
): Promise<Simulation> {
  const world = await World.open(seed, plants[options.plant ?? 'nothing'], options.trace === true);
  try {
    const dice = world.dice.for('plan');
    await world.populate(3 + dice.below(2), 2 + dice.below(2));
    for (let count = 2 + dice.below(2); count > 0; count -= 1) world.startNode();
    for (let index = 5 + dice.below(2); index >= 0; index -= 1) await addDevice(world, dice, index);
    for (let index = 1 + dice.below(2); index >= 0; index -= 1) await addListener(world, dice, index);
    await world.time.runUntil(goodMs);
    plan(world, dice, 30 + dice.below(50), badMs);
    await world.time.runUntil(goodMs + badMs);
    await heal(world);
    const wrongs = await verdict(world);
    const { records, sends } = world.recorder;
    return {
      seed,
      wrongs,
      hash: world.trace.digest(),
      sends,
      acknowledged: records.filter(({ kind }) => kind === 'ack').length,
      latestMs: world.latestMs,
      events: records.filter(({ kind }) => kind === 'seen').length,
      lines: world.trace.lines ?? [],
    };
  } finally {
    for (const node of world.nodes) node.crash();
    for (const device of world.devices) device.alive = false;
    await world.close();
  }
}

/** Everything works again; whoever was told to wait is woken. At the end something is said in every room. */
async function heal(world: World): Promise<void> {
  const { time, between, weather } = world;
  const healed = time.monotonicMs;
  Object.assign(between, { dropped: 0, doubled: 0, slowestMs: 5, deviceSlowestMs: 5 });
  Object.assign(weather, {
    refusedUntilMs: Math.min(weather.refusedUntilMs, healed),
    unknownOutcomes: 0,
    slowestMs: 3,
  });
  await time.runUntil(healed + 5_500);
  world.trace.note('healed');
  for (const device of world.devices.filter(({ isOff }) => !isOff)) {
    device.wake();
    // What was said about it while nothing worked may not have been heard ([E1]).
    device.setAway(!device.isAway);
    time.after(1_000, () => device.setAway(!device.isAway));
  }
  await time.runUntil(healed + healingMs);
  for (const room of world.rooms) {
    const params = { room, clientId: `the last word in ${room}`, text: 'the last word' };
    world.recorder.sent('owner', `room:${room}`, params.clientId);
    await Promise.all([
      world.aliveNodes[0]?.ask(world.owner.token, 'message.post', params),
      time.runUntil(time.monotonicMs + 100),
    ]);
  }
  await time.runUntil(time.monotonicMs + 1_500);
}
