import { withEmoji } from '../emoji-names.ts';
import type { Names, Words } from '../export-model.ts';

/** Characters of Unicode's private use, between which what is done with is kept out of the way of what comes later. */
const [from, to] = ['\uE000', '\uE001'];

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Of a text while it is turned into ours. */
class Piece {
  readonly mentions = new Set<string>();
  mentionsAll: 'room' | null = null;
  readonly #names: Names;
  readonly #kept: string[] = [];

  constructor(names: Names) {
    this.#names = names;
  }

  keep(text: string): string {
    this.#kept.push(text);
    return `${from}${this.#kept.length - 1}${to}`;
  }

  restore(text: string): string {
    const place = new RegExp(`${from}(\\d+)${to}`, 'g');
    let restored = text;
    // What was kept may hold what was kept before: a link in a block of code.
    for (let depth = 0; depth < 3; depth += 1) {
      restored = restored.replace(place, (_, index: string) => this.#kept[Number(index)] ?? '');
    }
    return restored;
  }

  /** What stands between `<` and `>`. */
  marked(inner: string): string {
    const bar = inner.indexOf('|');
    const target = bar < 0 ? inner : inner.slice(0, bar);
    const label = bar < 0 ? '' : unescaped(inner.slice(bar + 1));
    const rest = target.slice(1);
    switch (target[0]) {
      case '@':
        return this.#person(rest, label);
      case '#':
        return this.keep(`#${this.#names.roomName(rest) ?? (label || rest)}`);
      case '!':
        return this.#called(rest, label);
      default:
        return this.keep(linkOf(unescaped(target), label));
    }
  }

  #person(key: string, label: string): string {
    const handle = this.#names.handleOf(key);
    if (handle === undefined) return label === '' ? this.keep(key) : label;
    this.mentions.add(key);
    return this.keep(`@${handle}`);
  }

  #called(command: string, label: string): string {
    if (command === 'channel' || command === 'everyone' || command === 'group') {
      this.mentionsAll = 'room';
      return '@room';
    }
    if (command === 'here') return '@here';
    return label === '' ? (command.split('^')[0] ?? '') : label;
  }
}

function linkOf(target: string, label: string): string {
  const address = target.replace(/^(mailto:|tel:)/, '');
  if (label === '' || label === target || label === address) return address;
  if (!/^https?:/.test(target)) return label;
  if (target.replace(/^https?:\/\//, '').replace(/\/$/, '') === label.replace(/\/$/, '')) return target;
  return `[${label.replace(/[[\]]/g, '\\$&')}](${target.replaceAll('(', '%28').replaceAll(')', '%29')})`;
}

const before = String.raw`(?<=^|[\s\p{P}\p{S}])`;
const after = String.raw`(?=$|[\s\p{P}\p{S}])`;
const between = (mark: string): RegExp =>
  new RegExp(`${before}${mark}(?=[^\\s${mark}])([^${mark}\\n]*[^\\s${mark}])${mark}${after}`, 'gmu');
const bold = between('\\*');
const struck = between('~');

/** Blocks of code are lines of their own here. */
function blockOf(code: string): string {
  return `\n\`\`\`\n${code.replace(/^\n/, '').replace(/\n$/, '')}\n\`\`\`\n`;
}

/** Slack's way of writing, as Markdown: https://api.slack.com/reference/surfaces/formatting describes it. */
export function slackWords(raw: string, names: Names): Words {
  const piece = new Piece(names);
  const coded = raw
    .replaceAll(from, '')
    .replaceAll(to, '')
    .replace(/```([\s\S]+?)```/g, (_, code: string) => piece.keep(blockOf(plain(code))))
    .replace(/`([^`\n]+)`/g, (_, code: string) => piece.keep(`\`${plain(code)}\``));
  const linked = coded.replace(/<([^<>\n]+)>/g, (_, inner: string) => piece.marked(inner));
  const formatted = withEmoji(linked)
    .replace(bold, '**$1**')
    .replace(struck, '~~$1~~')
    .replace(/^(\s*)[•◦▪](?=\s)/gm, '$1-')
    .replace(/^&gt;&gt;&gt;\s?([\s\S]*)/m, (_, quoted: string) => quoted.replace(/^/gm, '> '));
  const text = piece
    .restore(unescaped(formatted))
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');
  return { text, mentions: [...piece.mentions], mentionsAll: piece.mentionsAll };
}

/** In code nothing is told apart but addresses, which stand as they are. */
function plain(code: string): string {
  return unescaped(
    code.replace(
      /<((?:https?:|mailto:)[^<>|\n]+)(?:\|([^<>\n]*))?>/g,
      (_, target: string, label?: string) => label ?? target,
    ),
  );
}
