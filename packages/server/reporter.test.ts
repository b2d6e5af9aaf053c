import { describe, expect, it } from 'vitest';
import type { LogLevel } from './options.ts';
import { createLogger, forPeople, reportTo } from './reporter.ts';

function logOf(level: LogLevel = 'debug') {
  const lines: string[] = [];
  const logger = createLogger(level, { write: (line: string) => void lines.push(line) });
  return { lines, logger, report: reportTo(logger) };
}

const canary = 'canary-8b1d';

describe('the log', () => {
  it.each<[string, object]>([
    ['a token', { token: canary }],
    ['a password', { password: canary }],
    ['both passwords of a change', { params: { current: canary, next: canary } }],
    ['an invitation', { command: 'account.sign-up', params: { invite: canary } }],
    ['the headers of a request', { request: { headers: { authorization: canary, cookie: canary } } }],
    ['the cookie of an answer', { reply: { headers: { 'set-cookie': canary } } }],
    ['a row of the database', { row: { token_hash: canary, password_hash: canary } }],
    ['the body of a request within its request', { request: { raw: { body: { password: canary } } } }],
    ['what hangs on an error', { error: Object.assign(new Error('failed'), { params: { token: canary } }) }],
    [
      'what hangs on the cause of an error',
      { error: new Error('failed', { cause: Object.assign(new Error('x'), { password: canary }) }) },
    ],
  ])('does not tell %s', (_, details) => {
    // The canary is there to be told: it stands in what is handed over, enumerable.
    expect(
      JSON.stringify(details, (_key, value) =>
        value instanceof Error ? { ...value, cause: { ...(value.cause as object) } } : value,
      ),
    ).toContain(canary);
    const { lines, report } = logOf();
    report('error', 'something failed', details as Record<string, unknown>);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('something failed');
    expect(lines[0]).not.toContain(canary);
  });

  it('tells everything else, and an error with its stack', () => {
    const { lines, report } = logOf();
    report('warn', 'it rained', { where: 'here', error: new Error('wet') });
    const line = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
    expect(line).toMatchObject({ level: 40, msg: 'it rained', where: 'here', error: { message: 'wet' } });
    expect(line.error).toHaveProperty('stack', expect.stringContaining('reporter.test.ts'));
    // Neither the process nor the machine is anybody's business.
    expect(line).not.toHaveProperty('pid');
    expect(line).not.toHaveProperty('hostname');
  });

  it('tells only what is as important as was asked for', () => {
    const told = (level: LogLevel) => {
      const { lines, report } = logOf(level);
      for (const each of ['debug', 'info', 'warn', 'error'] as const) report(each, each);
      return lines.length;
    };
    expect(['debug', 'info', 'warn', 'error', 'silent'].map((level) => told(level as LogLevel))).toEqual([
      4, 3, 2, 1, 0,
    ]);
  });

  it('keeps to one line, whatever a client called itself', () => {
    const { lines, report } = logOf();
    report('info', 'someone came', { agent: 'a\n{"level":60,"msg":"forged"}\u001b[2J' });
    expect(lines[0]?.trimEnd()).not.toMatch(/\p{Cc}/u);
    expect(forPeople(lines[0] ?? '').trimEnd()).not.toMatch(/\p{Cc}/u);
  });

  it('is readable where a person reads it', () => {
    const { lines, report } = logOf();
    report('warn', 'it rained', { where: 'here' });
    expect(forPeople(lines[0] ?? '')).toMatch(/^\d\d:\d\d:\d\d warn {2}it rained \{"where":"here"\}\n$/);
    report('error', 'it failed', { error: new Error('wet') });
    expect(forPeople(lines[1] ?? '')).toMatch(/ error it failed\nError: wet\n\s+at /);
  });
});
