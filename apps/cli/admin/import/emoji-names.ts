import github from 'emojibase-data/en/shortcodes/github.json' with { type: 'json' };
import iamcal from 'emojibase-data/en/shortcodes/iamcal.json' with { type: 'json' };

const oneEmoji = /^\p{RGI_Emoji}$/v;
const tones = ['1F3FB', '1F3FC', '1F3FD', '1F3FE', '1F3FF'];

const emojiOf = (hexcodes: string): string =>
  String.fromCodePoint(...hexcodes.split('-').map((code) => Number.parseInt(code, 16)));

/** As Unicode's own list has it: with the selector for pictures where that asks for one. */
function asListed(emoji: string): string | undefined {
  const plain = emoji.replaceAll('\uFE0F', '');
  return [emoji, plain, `${plain}\uFE0F`].find((form) => oneEmoji.test(form));
}

function tableOf(): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const source of [iamcal, github] as Record<string, string | string[]>[]) {
    for (const [hexcodes, codes] of Object.entries(source)) {
      const emoji = asListed(emojiOf(hexcodes));
      if (emoji === undefined) continue;
      for (const code of [codes].flat()) if (!names.has(code)) names.set(code, emoji);
    }
  }
  return names;
}

let table: ReadonlyMap<string, string> | undefined;

function withTone(emoji: string, tone: number): string | undefined {
  const [first = '', ...rest] = [...emoji.replaceAll('\uFE0F', '')];
  return asListed(first + emojiOf(tones[tone - 2] ?? '1F3FB') + rest.join(''));
}

/** The emoji behind a name as Slack and Mattermost write it (`wave`, `wave::skin-tone-3`, `+1`), if it is one of all. */
export function emojiNamed(name: string): string | undefined {
  table ??= tableOf();
  const [, base = name, slackTone] = /^(.*?)::skin-tone-([2-6])$/.exec(name) ?? [];
  const plain = table.get(base) ?? table.get(base.replaceAll('-', '_'));
  if (plain === undefined || slackTone === undefined) return plain ?? tonedByWord(name);
  return withTone(plain, Number(slackTone)) ?? plain;
}

const toneWords = ['light', 'medium_light', 'medium', 'medium_dark', 'dark'];

/** Mattermost says the tone in words: `wave_medium_dark_skin_tone`. */
function tonedByWord(name: string): string | undefined {
  const [, base, word] = /^(.+?)_(light|medium_light|medium|medium_dark|dark)_skin_tone$/.exec(name) ?? [];
  const plain = base === undefined ? undefined : table?.get(base);
  if (plain === undefined || word === undefined) return undefined;
  return withTone(plain, toneWords.indexOf(word) + 2) ?? plain;
}

/** Names between colons, as the emoji that they stand for; what is none stays as it is. */
export function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/g, (whole, name: string) => emojiNamed(name) ?? whole);
}
