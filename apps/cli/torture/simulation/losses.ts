import type { Role } from '@confab/protocol';
import type { Dice } from './dice.ts';
import { persistently } from './persistently.ts';
import type { World } from './world.ts';

/** Ways to take a right away; most are followed by giving it back, sometimes at once. */

const soon = (dice: Dice): number => dice.pick([0, 0, 50, 300, 3_000]) ?? 0;

/** Takes somebody out of a room; often they are back soon, sometimes at once. */
export function changeMembership(world: World, dice: Dice): void {
  const everyone = [...world.people, ...world.listeners.map(({ person }) => person)];
  const [user, room] = [dice.pick(everyone)?.user, dice.pick(world.rooms)];
  const isBack = dice.chance(0.7);
  const awayMs = soon(dice);
  void persistently(world, dice, 'room.remove-member', { room, user }).then(() => {
    if (!isBack) return;
    world.time.after(awayMs, () => void persistently(world, dice, 'room.invite', { room, user }));
  });
}

/** Somebody ends the session of one of their other devices. */
export function revokeSession(world: World, dice: Dice): void {
  const device = dice.pick(world.devices.filter(({ isOff }) => !isOff));
  const by = world.devices.find(
    (other) => other !== device && !other.isRevoked && other.person.user === device?.person.user,
  );
  if (device === undefined || by === undefined || device.isRevoked) return;
  device.isRevoked = true;
  void persistently(world, dice, 'session.revoke', { session: device.person.actor.session }, by.person.token);
}

/** A listener's session is ended; it comes back with another. */
export function endSession(world: World, dice: Dice): void {
  const listener = dice.pick(world.listeners);
  if (listener === undefined) return;
  const { token, actor } = listener.person;
  const afterMs = soon(dice);
  void persistently(world, dice, 'session.revoke', { session: actor.session }, token).then(() =>
    world.time.after(afterMs, () => void listener.signInAgain()),
  );
}

/** A listener's account is switched off, and on again; it comes back with another session. */
export function disable(world: World, dice: Dice): void {
  const listener = dice.pick(world.listeners);
  if (listener === undefined) return;
  const { user } = listener.person;
  const [offMs, afterMs] = [soon(dice), soon(dice)];
  const set = (disabled: boolean) =>
    world.untilDone(dice, (node) => node.chat.setAccountDisabled(user, disabled).then(() => true));
  void set(true).then(() =>
    world.time.after(offMs, () => {
      void set(false).then(() => world.time.after(afterMs, () => void listener.signInAgain()));
    }),
  );
}

/** A guest sees neither the space nor its public rooms that they are not in. */
export function changeRole(world: World, dice: Dice): void {
  const user = dice.pick(world.listeners)?.person.user;
  const setTo = (role: Role) => persistently(world, dice, 'space.set-role', { space: world.space, user, role });
  const isBack = dice.chance(0.7);
  const afterMs = soon(dice);
  void setTo('guest').then(() => {
    if (isBack) world.time.after(afterMs, () => void setTo('member'));
  });
}

/** A listener is taken out of the space and, mostly, invited again. */
export function removeFromSpace(world: World, dice: Dice): void {
  const listener = dice.pick(world.listeners);
  if (listener === undefined) return;
  const { space } = world;
  const isBack = dice.chance(0.7);
  const afterMs = soon(dice);
  const { user } = listener.person;
  void persistently(world, dice, 'space.remove-member', { space, user }).then(() => {
    if (isBack) world.time.after(afterMs, () => void invite());
  });
  const invite = async () => {
    const invited = (await persistently(world, dice, 'invite.create', { space })) as { token: string } | undefined;
    if (invited === undefined) return;
    await persistently(world, dice, 'invite.accept', { token: invited.token }, () => listener.person.token);
    for (const room of world.rooms) await persistently(world, dice, 'room.invite', { room, user });
  };
}
