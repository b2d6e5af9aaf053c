import type { Dice } from './dice.ts';
import { changeMembership, changeRole, disable, endSession, removeFromSpace, revokeSession } from './losses.ts';
import { SimulatedDevice } from './simulated-device.ts';
import { StubbornListener } from './stubborn-listener.ts';
import type { World } from './world.ts';

/** Something that happens at a moment of the bad time. */
type Happening = (world: World, dice: Dice) => void;

/** What may happen, each with its weight. */
const happenings: readonly (readonly [weight: number, happening: Happening])[] = [
  [40, post],
  [4, setAway],
  [3, (world, dice) => anyone(world, dice)?.link?.lose()],
  [3, (world, dice) => anyone(world, dice)?.link?.cut()],
  [3, lag],
  [2, crash],
  [1, drain],
  [2, loseBus],
  [1, refuse],
  [3, changeWeather],
  [6, changeMembership],
  [1, revokeSession],
  [2, endSession],
  [2, disable],
  [2, changeRole],
  [2, removeFromSpace],
  [1, switchOff],
];

/** Lets so many things happen over a time, each at a moment of its own. */
export function plan(world: World, dice: Dice, count: number, lastsMs: number): void {
  const total = happenings.reduce((sum, [weight]) => sum + weight, 0);
  for (let index = 0; index < count; index += 1) {
    let point = dice.between(0, total);
    const chosen = happenings.find(([weight]) => {
      point -= weight;
      return point < 0;
    });
    world.time.after(dice.between(0, lastsMs), () => chosen?.[1](world, dice));
  }
}

/** A device, and its person's session with it. */
export async function addDevice(world: World, dice: Dice, index: number): Promise<void> {
  const person = world.people[index % world.people.length];
  if (person === undefined) return;
  const session = index < world.people.length ? person : await world.addSession(person);
  const device = new SimulatedDevice(`device${index}`, world, session);
  world.devices.push(device);
  world.time.after(dice.between(0, 500), () => device.confab.start());
}

/** A foreign program, in an account of its own that is in every room. */
export async function addListener(world: World, dice: Dice, index: number): Promise<void> {
  const person = await world.addPerson(`program${index}`);
  const listener = new StubbornListener(`listener${index}`, world, person, dice.for(`listener${index}`));
  world.listeners.push(listener);
  await listener.start();
}

function anyone(world: World, dice: Dice): SimulatedDevice | StubbornListener | undefined {
  return dice.pick([...world.devices.filter(({ isOff }) => !isOff), ...world.listeners]);
}

function anyDevice(world: World, dice: Dice): SimulatedDevice | undefined {
  return dice.pick(world.devices.filter(({ isOff }) => !isOff));
}

function post(world: World, dice: Dice): void {
  const device = anyDevice(world, dice);
  const room = dice.pick(world.rooms);
  const text = 'word '.repeat(1 + dice.below(30));
  for (let count = 1 + dice.below(3); count > 0; count -= 1) if (room) device?.post(room, `${text}${count}`);
}

function setAway(world: World, dice: Dice): void {
  const device = anyDevice(world, dice);
  device?.setAway(!device.isAway);
}

function lag(world: World, dice: Dice): void {
  const link = anyone(world, dice)?.link;
  link?.pause();
  world.time.after(dice.between(100, 4_000), () => link?.goOn());
}

function crash(world: World, dice: Dice): void {
  const node = dice.pick(world.aliveNodes);
  if (node === undefined) return;
  world.trace.note(`${node.name} crashes`);
  node.crash();
  for (const { link } of [...world.devices, ...world.listeners]) {
    if (link?.node !== node) continue;
    // Most machines say that a process has ended; some are gone altogether.
    if (dice.chance(0.8)) world.time.after(dice.between(1, 50), () => link.cut());
    else link.lose();
  }
  world.time.after(dice.between(50, 3_000), () => world.startNode());
}

function drain(world: World, dice: Dice): void {
  const node = dice.pick(world.aliveNodes);
  if (node === undefined) return;
  world.trace.note(`${node.name} drains`);
  world.startNode();
  void node.drain();
}

function loseBus(world: World, dice: Dice): void {
  const nodes = dice.chance(0.3) ? world.aliveNodes : world.aliveNodes.slice(0, 1);
  for (const { bus } of nodes) bus.connected = false;
  world.time.after(dice.between(200, 5_000), () => {
    for (const { bus, alive } of nodes) bus.connected = alive;
  });
}

function refuse(world: World, dice: Dice): void {
  const { weather, time } = world;
  const lastsMs = dice.between(100, 2_000);
  weather.refusedUntilMs = Math.max(weather.refusedUntilMs, time.monotonicMs + lastsMs);
}

function changeWeather({ between, weather }: World, dice: Dice): void {
  between.dropped = dice.pick([0, 0.02, 0.3]) ?? 0;
  between.doubled = dice.pick([0, 0.1]) ?? 0;
  between.slowestMs = dice.pick([2, 50, 1_500]) ?? 0;
  between.deviceSlowestMs = dice.pick([2, 50, 400]) ?? 0;
  weather.slowestMs = dice.pick([1, 20, 150]) ?? 0;
  weather.unknownOutcomes = dice.pick([0, 0.1]) ?? 0;
}

function switchOff(world: World, dice: Dice): void {
  anyDevice(world, dice)?.switchOff();
}
