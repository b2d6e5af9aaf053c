import type { MarkedOptions, Token, TokenizerThis } from 'marked';

/** What Markdown itself does not have. `children` is set on a spoiler, `text` on a formula. */
export interface ExtraToken {
  type: 'spoiler' | 'formula' | 'formulaBlock';
  raw: string;
  text: string;
  tokens?: Token[];
}

const spoiler = /^\|\|(?=\S)([\s\S]*?\S)\|\|/;
/** As TeX's readers do it: no space inside the signs and no digit behind them, so that prices are none. */
const formula = /^\$(?![\s$])((?:\\[\s\S]|[^\\$\n])*?[^\s\\$])\$(?!\d)/;
const displayed = /^\$\$(?!\$)((?:\\[\s\S]|[^\\$])+)\$\$/;
const displayedBlock = /^ {0,3}\$\$((?:\\[\s\S]|[^\\$])+)\$\$[ \t]*(?:\n|$)/;

/** A lexer's extensions: a spoiler in ||bars||, a formula in $signs$, and one of its own in $$signs$$. */
export const extensions: NonNullable<MarkedOptions['extensions']> = {
  renderers: {},
  childTokens: { spoiler: ['tokens'] },
  startInline: [(text) => indexOrNone(text.search(/\|\||\$/))],
  startBlock: [(text) => indexOrNone(text.search(/^ {0,3}\$\$/m))],
  inline: [
    function readSpoiler(this: TokenizerThis, text) {
      const match = spoiler.exec(text);
      if (match === null) return undefined;
      const [raw, inner = ''] = match;
      return { type: 'spoiler', raw, text: inner, tokens: this.lexer.inlineTokens(inner) };
    },
    (text) => {
      const match = displayed.exec(text) ?? formula.exec(text);
      return match === null ? undefined : { type: 'formula', raw: match[0], text: (match[1] ?? '').trim() };
    },
  ],
  block: [
    (text) => {
      const match = displayedBlock.exec(text);
      return match === null ? undefined : { type: 'formulaBlock', raw: match[0], text: (match[1] ?? '').trim() };
    },
  ],
};

// biome-ignore lint/suspicious/noConfusingVoidType: the lexer's own type of it
function indexOrNone(index: number): number | void {
  return index < 0 ? undefined : index;
}
