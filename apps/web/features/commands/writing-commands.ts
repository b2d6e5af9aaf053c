import { formatDateTime } from '../messages/format-time.ts';
import { type Command, type CommandContext, CommandMistake, inRoom, roomOf } from './command.ts';
import { splitTime } from './split-time.ts';

const text = { kind: 'text', hint: 'text', optional: true } as const;

function withFace(name: string, title: string, face: string): Command {
  return {
    name,
    title,
    arguments: [text],
    fits: inRoom,
    run: ({ say }, rest) => say(`${rest} ${face}`.trim()),
  };
}

/** What is written with them. */
export const writingCommands: readonly Command[] = [
  {
    name: 'me',
    title: 'Say what you do, as if told by someone else',
    arguments: [{ kind: 'text', hint: 'what you do' }],
    fits: inRoom,
    run: ({ say }, rest) => {
      if (rest === '') throw new CommandMistake('Write what you do after /me.');
      say(rest, { style: 'me' });
    },
  },
  withFace('shrug', 'Add a shrug to what you write', '¯\\\\\\_(ツ)\\_/¯'),
  withFace('tableflip', 'Throw a table after what you write', '(╯°□°)╯︵ ┻━┻'),
  withFace('unflip', 'Put the table back', '┬─┬ノ( º _ ºノ)'),
  {
    name: 'poll',
    title: 'Ask people to vote',
    arguments: [{ kind: 'text', hint: '"question" "option" "option"', optional: true }],
    fits: inRoom,
    run: (context, rest) => {
      const { question, options } = readPoll(rest);
      context.open({ kind: 'poll', room: roomOf(context).info.id, thread: context.thread, question, options });
    },
  },
  {
    name: 'schedule',
    title: 'Send a message later',
    arguments: [
      { kind: 'time', hint: 'when' },
      { kind: 'text', hint: 'message' },
    ],
    fits: inRoom,
    run: schedule,
  },
  {
    name: 'remind',
    title: 'Be reminded of something',
    arguments: [
      { kind: 'time', hint: 'when' },
      { kind: 'text', hint: 'what of' },
    ],
    run: remind,
  },
];

/** “"Lunch?" "Here" "There"”: a question and options; without quotation marks all of it is the question. */
export function readPoll(text: string): { question: string; options: string[] } {
  const quoted = [...text.matchAll(/["“”„«»]([^"“”„«»]+)["“”„«»]/g)].map(([, words = '']) => words.trim());
  const [question = text.trim(), ...options] = quoted;
  return { question, options };
}

async function schedule(context: CommandContext, rest: string): Promise<void> {
  const found = splitTime(rest, Date.now());
  if (found === null || found.text === '') {
    throw new CommandMistake('Write when, and then the message, such as /schedule tomorrow 9 Good morning.');
  }
  await context.confab.scheduled.create(roomOf(context).info.id, context.thread, found.text, found.at);
  context.done(`The message is sent on ${formatDateTime(found.at)}. You find it under “Scheduled”.`);
}

/** Reminders are of messages: what one wants to be reminded of is written into the notes to oneself. */
async function remind({ confab, done }: CommandContext, rest: string): Promise<void> {
  const found = splitTime(rest.replace(/^me\s+/i, ''), Date.now());
  const what = found?.text.replace(/^(?:to|that|of)\s+/i, '').trim() ?? '';
  if (found === null || what === '') {
    throw new CommandMistake('Write when and what of, such as /remind in 20 minutes water the plants.');
  }
  const account = confab.account.state.get();
  if (account.status !== 'signed-in') throw new CommandMistake('Sign in first.');
  const { info } = await confab.directs.open([account.me.id]);
  const clientId = crypto.randomUUID() as Parameters<typeof confab.call<'message.post'>>[1]['clientId'];
  const { id } = await confab.call('message.post', { room: info.id, clientId, text: what });
  confab.rooms.markRead(info.id);
  await confab.reminders.set(id, found.at);
  done(`You will be reminded on ${formatDateTime(found.at)}.`);
}
