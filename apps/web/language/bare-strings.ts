import { parseSync, Visitor } from 'rolldown/utils';

/** Words that stand in the program without being marked for the catalogues. */
export interface BareString {
  readonly text: string;
  readonly line: number;
}

/** Names of keys and the like, which programs read. */
const forPrograms = new Set(
  [
    'Enter Escape Tab Home End PageUp PageDown Delete Backspace Control Meta Shift Alt Process Dead AltGraph',
    'ArrowUp ArrowDown ArrowLeft ArrowRight Ctrl Esc Shift+F10',
    'ConfabError CommandMistake Confab',
  ].flatMap((line) => line.split(' ')),
);

/** Attributes and properties that nobody reads as words. */
const unread = new Set([
  'keys',
  'className',
  'autoComplete',
  'rel',
  'sizes',
  'mimeType',
  'accept',
  'style',
  'viewBox',
  'points',
]);

const isWords = (text: string): boolean =>
  !forPrograms.has(text.trim()) && (/^\s*[A-Z][a-z]/.test(text) || /[A-Za-z][,.:;]? [A-Za-z]/.test(text));

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** Every string of a component that looks like words for a person and is not in `t('…')` or `sentence('…')`. */
export function bareStrings(file: string, source: string): BareString[] {
  const { program } = parseSync(file, source);
  const found: (BareString & { at: number; end: number })[] = [];
  const skipped: Node[] = [];
  const note = (text: string, { start, end }: Node) => {
    const line = source.slice(0, start).split('\n').length;
    found.push({ text: text.trim(), line, at: start, end });
  };
  const skip = (...nodes: readonly (Node | null | undefined)[]) => {
    skipped.push(...nodes.filter((node) => node !== null && node !== undefined));
  };
  new Visitor({
    ImportDeclaration: (node) => skip(node),
    ImportExpression: (node) => skip(node),
    ExportNamedDeclaration: ({ source: from }) => skip(from),
    TSLiteralType: (node) => skip(node),
    TSTemplateLiteralType: (node) => skip(node),
    NewExpression: (node) => (isError(node.callee) ? skip(node) : undefined),
    CallExpression: ({ callee, arguments: [first] }) =>
      callee.type === 'Identifier' && (callee.name === 't' || callee.name === 'sentence') ? skip(first) : undefined,
    BinaryExpression: ({ left, right }) => skip(...[left, right].filter(({ type }) => type === 'Literal')),
    SwitchCase: ({ test }) => skip(test),
    Property: ({ key, value }) => {
      skip(key);
      if (key.type === 'Identifier' && unread.has(key.name)) skip(value);
    },
    TSPropertySignature: ({ key }) => skip(key),
    JSXAttribute: ({ name, value }) =>
      name.type === 'JSXIdentifier' && unread.has(name.name) ? skip(value) : undefined,
    JSXText: (node) => (/[A-Za-z]/.test(node.value) ? note(node.value, node) : undefined),
    Literal: (node) => (typeof node.value === 'string' && isWords(node.value) ? note(node.value, node) : undefined),
    TemplateElement: (node) => (isWords(node.value.raw) ? note(node.value.raw, node) : undefined),
  }).visit(program);
  return found
    .filter(({ at, end }) => !skipped.some((node) => node.start <= at && end <= node.end))
    .map(({ text, line }) => ({ text, line }));
}

const isError = (callee: { type: string; name?: unknown }): boolean =>
  callee.type === 'Identifier' && typeof callee.name === 'string' && callee.name.endsWith('Error');
