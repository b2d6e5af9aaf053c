import type { MessageId, PollStanding, RoomId, UserId } from '@confab/protocol';
import { toWireError } from '@confab/protocol/errors.ts';
import { inboxLog } from '@confab/protocol/ids.ts';
import type { FakeRoom } from './fake-room.ts';
import type { FakeServer, Handlers } from './fake-server.ts';

/** What the fake server does with polls; its tallies name everybody. */
export function pollHandlers(server: FakeServer, roomOf: (message: string) => FakeRoom): Handlers {
  /** By message and person. */
  const votes = new Map<string, number[]>();
  const standing = (message: MessageId): PollStanding => {
    const options = roomOf(message).message(message).poll?.options ?? [];
    const cast = [...votes].filter(([key, choices]) => key.startsWith(`${message} `) && choices.length > 0);
    const users = (option: number) =>
      cast.flatMap(([key, choices]) => (choices.includes(option) ? [key.slice(message.length + 1) as UserId] : []));
    const tally = options.map((_, option) => ({ count: users(option).length, users: users(option) }));
    return { voters: cast.length, tally };
  };
  const answer = (message: MessageId) => {
    const { poll } = roomOf(message).message(message);
    if (poll === undefined) throw toWireError('invalid-params');
    return { poll };
  };
  const put = (user: UserId, message: MessageId, choices: number[]) => {
    if (answer(message).poll.closedAt !== undefined) throw toWireError('poll-closed');
    votes.set(`${message} ${user}`, choices);
    roomOf(message).log.append('poll.voted', user, { message, ...standing(message) });
    server.log(inboxLog(user))?.append('inbox.poll-voted', user, { message, choices });
    return answer(message);
  };
  const inRoom = (room: RoomId) => {
    const found = server.rooms.get(room);
    if (found === undefined) throw toWireError('not-found');
    return found;
  };
  return {
    'poll.create': (user, { room, clientId, text, poll }) => inRoom(room).post(user, clientId, text, { poll }),
    'poll.vote': (user, { message, choices }) => put(user, message, choices),
    'poll.retract': (user, { message }) => put(user, message, []),
    'poll.close': (user, { message }) => {
      roomOf(message).log.append('poll.closed', user, { message, ...standing(message) });
      return answer(message);
    },
    'poll.own': (user, { messages }) => ({
      votes: messages.flatMap((message) => {
        const choices = votes.get(`${message} ${user}`);
        return choices === undefined ? [] : [{ message, choices }];
      }),
    }),
    'poll.voters': (_, { message, option }) => ({
      users: standing(message).tally?.[option]?.users ?? [],
      more: false,
    }),
  };
}
