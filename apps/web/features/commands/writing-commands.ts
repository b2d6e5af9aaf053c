import { type Sentence, sentence, t } from '../../language/sentences.ts';
import { formatDateTime } from '../messages/format-time.ts';
import { type Command, type CommandContext, CommandMistake, inRoom, roomOf } from './command.ts';
import { splitTime } from './split-time.ts';

const text = { kind: 'text', hint: sentence('text'), optional: true } as const;

function withFace(name: string, title: Sentence, face: string): Command {
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
    title: sentence('Say what you do, as if told by someone else'),
    arguments: [{ kind: 'text', hint: sentence('what you do') }],
    fits: inRoom,
    run: ({ say }, rest) => {
      if (rest === '') throw new CommandMistake(t('Write what you do after /me.'));
      say(rest, { style: 'me' });
    },
  },
  withFace('shrug', sentence('Add a shrug to what you write'), '¯\\\\\\_(ツ)\\_/¯'),
  withFace('tableflip', sentence('Throw a table after what you write'), '(╯°□°)╯︵ ┻━┻'),
  withFace('unflip', sentence('Put the table back'), '┬─┬ノ( º _ ºノ)'),
  {
    name: 'poll',
    title: sentence('Ask people to vote'),
    arguments: [{ kind: 'text', hint: sentence('"question" "option" "option"'), optional: true }],
    fits: inRoom,
    run: (context, rest) => {
      const { question, options } = readPoll(rest);
      context.open({ kind: 'poll', room: roomOf(context).info.id, thread: context.thread, question, options });
    },
  },
  {
    name: 'schedule',
    title: sentence('Send a message later'),
    arguments: [
      { kind: 'time', hint: sentence('when') },
      { kind: 'text', hint: sentence('message') },
    ],
    fits: inRoom,
    run: schedule,
  },
  {
    name: 'remind',
    title: sentence('Be reminded of something'),
    arguments: [
      { kind: 'time', hint: sentence('when') },
      { kind: 'text', hint: sentence('what of') },
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
  const uploads = context.uploads();
  if (found === null || (found.text === '' && uploads.length === 0)) {
    throw new CommandMistake(
      t('Write when, and then the message, such as /schedule {time} Good morning.', { time: 'tomorrow 9' }),
    );
  }
  const { info } = roomOf(context);
  await context.confab.scheduled.create(info.id, context.thread, found.text, found.at, uploads);
  context.done(t('The message is sent on {date}. You find it under “Scheduled”.', { date: formatDateTime(found.at) }));
}

/** Reminders are of messages: what one wants to be reminded of is written into the notes to oneself. */
async function remind({ confab, done }: CommandContext, rest: string): Promise<void> {
  const found = splitTime(rest.replace(/^me\s+/i, ''), Date.now());
  const what = found?.text.replace(/^(?:to|that|of)\s+/i, '').trim() ?? '';
  if (found === null || what === '') {
    throw new CommandMistake(
      t('Write when and what of, such as /remind {time} water the plants.', { time: 'in 20 minutes' }),
    );
  }
  const account = confab.account.state.get();
  if (account.status !== 'signed-in') throw new CommandMistake(t('Sign in first.'));
  const { info } = await confab.directs.open([account.me.id]);
  const clientId = crypto.randomUUID() as Parameters<typeof confab.call<'message.post'>>[1]['clientId'];
  const { id } = await confab.call('message.post', { room: info.id, clientId, text: what });
  confab.rooms.markRead(info.id);
  await confab.reminders.set(id, found.at);
  done(t('You will be reminded on {date}.', { date: formatDateTime(found.at) }));
}
