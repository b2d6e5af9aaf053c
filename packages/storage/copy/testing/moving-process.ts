import { killAtStep } from '../../testing/kill-at-step.ts';
import { demote, promote, restore } from '../index.ts';
import { peopleHistory } from './people-history.ts';

/** A process that copies a database and is killed at the step that its first argument names. */

const [step, command, from = '', to = ''] = process.argv.slice(2);
const options = { migrations: peopleHistory, changes: [], setAside: 'before', progress: (): void => undefined };
const commands: Readonly<Record<string, () => Promise<unknown>>> = {
  restore: () => restore(from, to.startsWith('postgres:') ? { url: to } : { file: to }, options),
  promote: () => promote(from, to, options),
  demote: () => demote(from, to, options),
};
const run = commands[command ?? ''];
if (run === undefined) throw new Error('the command is missing');
killAtStep(Number(step));
await run();
