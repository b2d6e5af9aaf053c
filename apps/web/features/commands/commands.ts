import type { Confab, RoomState } from '@confab/client';
import type { PostContext } from '@confab/protocol';
import { type Route, roomRoute } from '../../app/route.ts';

/** What a command may use. */
export interface CommandPlace {
  confab: Confab;
  room: RoomState;
  /** Posts into the room, or the thread, that the command was typed in. */
  say(text: string, context?: PostContext): void;
  go(route: Route): void;
}

export interface Command {
  /** What is typed after the `/`. */
  name: string;
  /** What follows it, as a hint; `null` when nothing does. */
  takes: string | null;
  does: string;
  /** Where it can be used; everywhere when it is not said. */
  fits?(room: RoomState): boolean;
  /**
   * `rest` is what follows the name, without spaces around it.
   * @throws `CommandMistake` with the sentence for whoever typed it, or whatever the server refuses with.
   */
  run(place: CommandPlace, rest: string): unknown;
}

/** Something about what was typed has to change. The message is a whole sentence. */
export class CommandMistake extends Error {
  override readonly name = 'CommandMistake';
}

const isChannel = ({ info }: RoomState) => info.kind === 'channel';

/** Everything that begins with a `/`. */
export const commands: readonly Command[] = [
  {
    name: 'me',
    takes: 'what you do',
    does: 'Say what you do, as if told by someone else',
    run: ({ say }, rest) => {
      if (rest === '') throw new CommandMistake('Write what you do after /me.');
      say(rest, { style: 'me' });
    },
  },
  {
    name: 'shrug',
    takes: 'text',
    does: 'Add a shrug to what you write',
    run: ({ say }, rest) => say(`${rest} ¯\\\\\\_(ツ)\\_/¯`.trim()),
  },
  {
    name: 'topic',
    takes: 'text',
    does: 'Set what this room is about',
    fits: ({ info }) => info.kind !== 'direct',
    run: ({ confab, room }, rest) => confab.rooms.setTopic(room.info.id, rest),
  },
  {
    name: 'rename',
    takes: 'name',
    does: 'Give this room another name',
    fits: ({ info }) => info.kind !== 'direct',
    run: ({ confab, room }, rest) => {
      if (rest === '') throw new CommandMistake('Write the new name after /rename.');
      return confab.rooms.rename(room.info.id, rest.replace(/^#/, ''));
    },
  },
  {
    name: 'invite',
    takes: '@person',
    does: 'Bring someone into this room',
    fits: isChannel,
    run: async ({ confab, room }, rest) => {
      await confab.rooms.invite(room.info.id, await personOfSpace(confab, room, rest));
    },
  },
  {
    name: 'open',
    takes: '#room',
    does: 'Go to another room',
    run: ({ confab, room, go }, rest) => {
      const name = rest.replace(/^#/, '').toLowerCase();
      const found = confab.rooms.list
        .get()
        .find(({ info }) => info.space === room.info.space && info.name.toLowerCase() === name);
      if (found === undefined) throw new CommandMistake(`You are in no room that is called ${rest || 'nothing'}.`);
      go(roomRoute(found.info.id));
    },
  },
  {
    name: 'leave',
    takes: null,
    does: 'Leave this room',
    fits: ({ info }) => info.kind !== 'direct',
    run: async ({ confab, room, go }) => {
      await confab.rooms.leave(room.info.id);
      go({ page: 'home' });
    },
  },
];

async function personOfSpace(confab: Confab, { info }: RoomState, typed: string) {
  const handle = typed.replace(/^@/, '').toLowerCase();
  if (handle === '') throw new CommandMistake('Write whom to bring in after /invite, such as @ada.');
  const { space } = info;
  let after: Parameters<Confab['spaces']['members']>[1];
  for (let more = space !== null; more && space !== null; ) {
    const page = await confab.spaces.members(space, after);
    const found = page.members.find(({ person }) => person.handle === handle);
    if (found !== undefined) return found.person.id;
    after = page.members.at(-1)?.person.id;
    more = page.more;
  }
  throw new CommandMistake(`Nobody in this space is called @${handle}.`);
}
