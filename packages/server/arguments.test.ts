import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

describe('the arguments', () => {
  it.each([
    [[], { what: 'serve', sharesPorts: false }],
    [['--help'], { what: 'help' }],
    [['--processes', '4', '-h'], { what: 'help' }],
    [['--processes', '1'], { what: 'serve', sharesPorts: false }],
    [['--processes', '4'], { what: 'processes', count: 4 }],
    [['--shares-ports'], { what: 'serve', sharesPorts: true }],
  ])('%j', (given, asked) => {
    expect(readArguments(given)).toEqual(asked);
  });

  it.each([
    [['--port=1'], 'There is no argument "--port=1".'],
    [['--processes', '2', '--more'], 'There is no argument "--more".'],
    [['--processes'], '--processes has to be followed by a whole number from 1 to 64.'],
    [['--processes', '0'], 'a whole number from 1 to 64'],
    [['--processes', '65'], 'a whole number from 1 to 64'],
    [['--processes', '2x'], 'a whole number from 1 to 64'],
  ])('%j are refused by name', (given, sentence) => {
    expect(() => readArguments(given)).toThrow(sentence);
  });
});
