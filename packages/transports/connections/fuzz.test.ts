import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DoorBed } from '../http/testing/door-bed.ts';
import { ada, bob, roomId } from '../testing/test-world.ts';
import { until } from '../testing/until.ts';
import { createConnectionsDoor } from './index.ts';

const path = '/api/v1/connections';
const runs = 1_500;

/** Commands, and what is nearly one. */
const line = fc.oneof(
  fc.string(),
  fc.json(),
  fc.string({ unit: 'binary' }),
  fc.record({ id: fc.nat(), command: fc.constantFrom('connection.ping', 'log.listen', 'x'), params: fc.jsonValue() }),
);
const body = fc
  .array(line, { maxLength: 4 })
  .map((lines) => lines.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join('\n'));
const request = fc.record({
  method: fc.constantFrom('GET', 'POST', 'POST', 'POST', 'DELETE', 'PUT'),
  rest: fc.oneof(fc.constant(''), fc.constantFrom('/frames', '?after=1', '?after=-1&wait=0', '/x', '?wait=x', '//')),
  known: fc.boolean(),
  accept: fc.constantFrom('application/json', 'application/x-ndjson', 'text/event-stream', '*/*', ''),
  body,
});

test(`[X2] ${runs} requests of any kind disturb no other connection and are answered without a bug`, async () => {
  const bed = await DoorBed.open((parts, { timers }) => createConnectionsDoor(parts, { timers, load: () => 0 }));
  bed.addRoom(1, ada);
  const [token, attacker] = [bed.signIn(ada), bed.signIn(bob)];
  const hello = '{"id":1,"command":"connection.hello","params":{"versions":[1]}}';
  const listen = `{"id":2,"command":"log.listen","params":{"logs":[{"log":"room:${roomId(1)}","level":"live"}]}}`;
  const open = async (credentials: string, commands: string) =>
    (await (await bed.fetch(path, credentials, { method: 'POST', body: commands })).json()) as {
      connection: string;
      next: number;
    };
  const { connection, next } = await open(token, `${hello}\n${listen}`);
  let own = await open(attacker, hello);
  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(request, async ({ method, rest, known, accept, body: text }) => {
      const address = known ? `${path}/${own.connection}${rest}` : `${path}${rest}`;
      const hasBody = method === 'POST' || method === 'PUT';
      const response = await bed.fetch(address, attacker, {
        method,
        headers: { accept },
        ...(hasBody ? { body: text } : {}),
      });
      statuses.add(response.status);
      // What streams would go on for as long as its session does.
      await response.body?.cancel();
      if (response.status === 404 || method === 'DELETE') own = await open(attacker, hello);
    }),
    { numRuns: runs },
  );
  expect([...statuses].sort()).toEqual([200, 204, 400, 404]);
  expect(bed.reported).toEqual([]);
  bed.post(1, 'undisturbed');
  await bed.time.settle();
  const polled = await bed.fetch(`${path}/${connection}?after=${next}&wait=0`, token);
  expect(await polled.text()).toContain('undisturbed');
  await bed.close();
  await until(() => bed.engine.stats().connections === 0);
}, 180_000);
