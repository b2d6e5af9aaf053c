import type { Status } from '@confab/protocol';
import { sentence, t } from '../../language/sentences.ts';
import { formatDateTime } from '../messages/format-time.ts';
import { type Command, type CommandContext, CommandMistake } from './command.ts';
import { readTime } from './read-time.ts';
import { wholeTime } from './split-time.ts';

const hourMs = 3_600_000;

/** What one says of oneself, and how one gets around. */
export const ownCommands: readonly Command[] = [
  {
    name: 'status',
    title: sentence('Say what you are up to'),
    arguments: [
      { kind: 'text', hint: sentence('emoji and words'), optional: true },
      { kind: 'time', hint: sentence('until when'), optional: true },
    ],
    run: setStatus,
  },
  {
    name: 'dnd',
    title: sentence('Do not be disturbed for a while'),
    arguments: [{ kind: 'time', hint: sentence('how long, or off'), optional: true }],
    run: doNotDisturb,
  },
  {
    name: 'away',
    title: sentence('Be seen as away, on all of your devices'),
    arguments: [],
    run: async ({ confab, done }) => {
      await confab.settings.set({ presence: 'away' });
      done(t('You are seen as away until you type /active.'));
    },
  },
  {
    name: 'active',
    title: sentence('Be seen as you are again'),
    arguments: [],
    run: async ({ confab, done }) => {
      await confab.settings.set({ presence: 'auto' });
      done(t('You are seen as active again.'));
    },
  },
  { name: 'saved', title: sentence('Show what you saved'), arguments: [], run: ({ go }) => go({ page: 'saved' }) },
  {
    name: 'settings',
    title: sentence('Open your settings'),
    arguments: [],
    run: ({ go }) => go({ page: 'settings', part: null }),
  },
  {
    name: 'shortcuts',
    title: sentence('Show the keys'),
    arguments: [],
    run: ({ open }) => open({ kind: 'shortcuts' }),
  },
  { name: 'help', title: sentence('Show all commands'), arguments: [], run: ({ open }) => open({ kind: 'commands' }) },
];

async function setStatus({ confab, open, done }: CommandContext, text: string): Promise<void> {
  if (text === '') return open({ kind: 'status' });
  if (/^(?:clear|off)$/i.test(text)) {
    await confab.account.setStatus({});
    return done(t('Your status is cleared.'));
  }
  await confab.account.setStatus(readStatus(text, Date.now()));
  done(t('Your status is set.'));
}

/** “🌴 On holiday until Monday”: an emoji in front, how long at the end; both as one likes. */
export function readStatus(text: string, now: number): Status {
  const [first = ''] = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  const emoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(first) ? first : '';
  const rest = text.slice(emoji.length).trim();
  const end = readEnd(rest, now);
  const words = end?.words ?? rest;
  return {
    ...(emoji === '' ? {} : { emoji }),
    ...(words === '' ? {} : { text: words }),
    ...(end === null ? {} : { until: end.until }),
  };
}

function readEnd(text: string, now: number): { words: string; until: number } | null {
  for (const { index } of text.matchAll(/(?<=^|\s)(?:until|till|for)\s/gi)) {
    const time = readTime(text.slice(index), now);
    if (time !== null && index + time.length === text.length)
      return { words: text.slice(0, index).trim(), until: time.at };
  }
  return null;
}

async function doNotDisturb({ confab, done }: CommandContext, text: string): Promise<void> {
  const now = Date.now();
  const off = /^off$/i.test(text);
  const until = off ? null : text === '' ? now + hourMs : wholeTime(text, now);
  if (until === null && !off)
    throw new CommandMistake(
      t('Write how long after /dnd, such as {span}, or {off}.', { span: '2 hours', off: 'off' }),
    );
  const { schedule } = confab.settings.state.get().doNotDisturb;
  await confab.settings.set({ doNotDisturb: { until, schedule } });
  done(
    until === null
      ? t('You can be disturbed again.')
      : t('You are not disturbed until {date}.', { date: formatDateTime(until) }),
  );
}
