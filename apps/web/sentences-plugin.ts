import { compileMessage } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';
import { findSentences } from './language/find-sentences.ts';

/**
 * Compiles sentences with `{braces}` while the app is built: those of English where they stand, those of the other
 * languages in their catalogues. So no page carries a parser, and English needs no catalogue.
 */
export function sentences(): Plugin {
  return {
    name: 'confab-sentences',
    enforce: 'pre',
    apply: 'build',
    transform: {
      filter: { id: [/\/apps\/web\/(app|features|ui)\/.*\.tsx?$/, /\/language\/catalogues\/\w+\.json$/] },
      handler: (code, id) => ({
        code: id.endsWith('.json') ? compileCatalogue(code) : compileInPlace(id, code),
        map: null,
      }),
    },
  };
}

function compileCatalogue(json: string): string {
  const catalogue = JSON.parse(json) as Record<string, string>;
  return JSON.stringify(Object.fromEntries(Object.entries(catalogue).map(([id, text]) => [id, compileMessage(text)])));
}

/** `t('{n} of {all}', …)` becomes `t({ id: '{n} of {all}', message: [['n'], ' of ', ['all']] }, …)`. */
function compileInPlace(file: string, source: string): string {
  let compiled = '';
  let after = 0;
  for (const { english, start, end } of findSentences(file, source)) {
    if (!/\{/.test(english)) continue;
    const descriptor = JSON.stringify({ id: english, message: compileMessage(english) });
    compiled += source.slice(after, start) + descriptor;
    after = end;
  }
  return compiled + source.slice(after);
}
