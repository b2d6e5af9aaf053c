import { describe, expect, test } from 'vitest';
import { type CommandName, commands, isCommandName } from './commands.ts';
import { connectionEvents, ephemeralEvents, loggedEvents } from './events.ts';

const names = Object.keys(commands) as CommandName[];

interface SchemaNode {
  type?: string;
  properties?: Record<string, SchemaNode>;
  required?: string[];
  additionalProperties?: boolean;
  items?: SchemaNode;
  anyOf?: SchemaNode[];
  maxLength?: number;
  pattern?: string;
  maxItems?: number;
  const?: unknown;
}

/** Every schema inside a schema, itself included. */
function nodesOf(schema: SchemaNode): SchemaNode[] {
  const children = [
    ...Object.values(schema.properties ?? {}),
    ...(schema.items ? [schema.items] : []),
    ...(schema.anyOf ?? []),
  ];
  return [schema, ...children.flatMap(nodesOf)];
}

const paramsOf = (name: CommandName) => commands[name].params as unknown as SchemaNode;

describe('the table of commands', () => {
  test.each(names)('%s is a word and a verb, and says in a sentence what it does', (name) => {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/);
    expect(commands[name].summary).toMatch(/^[A-Z].*\.$/);
    expect(isCommandName(name)).toBe(true);
  });

  test.each(['toString', '__proto__', 'message', 'Message.Post', ''])('%j is no command', (name) => {
    expect(isCommandName(name)).toBe(false);
  });

  test.each(names)('[F5] %s refuses unknown parameters', (name) => {
    const objects = nodesOf(paramsOf(name)).filter((node) => node.type === 'object');
    expect(objects.length).toBeGreaterThan(0);
    for (const object of objects) expect(object.additionalProperties).toBe(false);
  });

  test.each(names)('every text and list that a client sends with %s has a bound', (name) => {
    for (const node of nodesOf(paramsOf(name))) {
      if (node.type === 'array') expect(node.maxItems).toBeTypeOf('number');
      if (node.type !== 'string' || node.const !== undefined) continue;
      // An id's pattern fixes its length.
      expect(node.maxLength !== undefined || node.pattern?.includes('{12}$')).toBe(true);
    }
  });
});

describe('[C6] the HTTP routes', () => {
  const routed = names.flatMap((name) => (commands[name].http ? [{ name, http: commands[name].http }] : []));

  test('no two commands share one', () => {
    const shapes = routed.map(({ http }) => http.replace(/:\w+/g, ':'));
    expect(new Set(shapes).size).toBe(shapes.length);
  });

  test.each(routed)('$http names parameters that $name requires', ({ name, http }) => {
    expect(http).toMatch(/^(GET|POST|PUT|PATCH|DELETE) \/[a-z:/-]+$/);
    for (const [, parameter] of http.matchAll(/:(\w+)/g)) expect(paramsOf(name).required).toContain(parameter);
  });
});

test('events are named in the past tense by word, and no name is used twice', () => {
  const all = [loggedEvents, ephemeralEvents, connectionEvents].flatMap((table) => Object.keys(table));
  expect(new Set(all).size).toBe(all.length);
  for (const name of all) expect(name).toMatch(/^[a-z]+\.[a-z]+(-[a-z]+)*$/);
});
