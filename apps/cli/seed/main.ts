import { parseArgs } from 'node:util';
import { seedDemo, seedProblem } from './seed-demo.ts';

const usage = `npm run seed -- demo --url http://localhost:3000 --handle alma --password '…' [--messages 1500]
Fills a running instance with believable people, rooms and messages. A fresh one gets its first account this way.
`;
const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        url: { type: 'string', default: 'http://localhost:3000' },
        handle: { type: 'string' },
        password: { type: 'string' },
        messages: { type: 'string', default: '1500' },
      },
    });
    const { url, handle, password, messages } = values;
    const complete = positionals.join() === 'demo' && handle !== undefined && password !== undefined;
    return complete && /^\d+$/.test(messages) ? { url, handle, password, messages: Number(messages), say } : undefined;
  } catch {
    return undefined;
  }
}

const options = readOptions();
if (options === undefined) {
  say(usage);
  process.exitCode = 1;
} else {
  await seedDemo(options).catch((error: unknown) => {
    say(seedProblem(error));
    process.exitCode = 1;
  });
}
