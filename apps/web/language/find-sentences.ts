import { parseSync, Visitor } from 'rolldown/utils';

/** One place in the program where a sentence stands for the catalogues. */
export interface FoundSentence {
  readonly english: string;
  /** Where its literal stands in the text. */
  readonly start: number;
  readonly end: number;
  /** The names of what is filled in there; null where that is not said in the same place. */
  readonly values: readonly string[] | null;
}

const names = new Set(['t', 'sentence']);

/** Every `t('…')` and `sentence('…')` of a TypeScript file. */
export function findSentences(file: string, source: string): FoundSentence[] {
  const found: FoundSentence[] = [];
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  new Visitor({
    CallExpression({ callee, arguments: [first, second] }) {
      if (callee.type !== 'Identifier' || !names.has(callee.name) || first?.type !== 'Literal') return;
      if (typeof first.value !== 'string') return;
      const { start, end, value: english } = first;
      found.push({ english, start, end, values: callee.name === 't' ? valuesOf(second) : null });
    },
  }).visit(program);
  return found;
}

type Argument = Parameters<
  NonNullable<ConstructorParameters<typeof Visitor>[0]['CallExpression']>
>[0]['arguments'][number];

function valuesOf(argument: Argument | undefined): readonly string[] | null {
  if (argument === undefined) return [];
  if (argument.type !== 'ObjectExpression') return null;
  const keys = argument.properties.map((each) =>
    each.type === 'Property' && each.key.type === 'Identifier' ? each.key.name : null,
  );
  return keys.every((key) => key !== null) ? keys : null;
}
