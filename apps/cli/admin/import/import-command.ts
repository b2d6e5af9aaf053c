import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openImporting } from '@confab/server';
import { type AdminContext, Misused } from '../admin-command.ts';
import type { Gathering, ReadExport } from './export-model.ts';
import { readMattermost } from './mattermost/read-mattermost.ts';
import { runImport } from './run-import.ts';
import { readSlack } from './slack/read-slack.ts';
import { Staging } from './staging.ts';

interface Program {
  readonly title: string;
  read(file: string, gathering: Gathering, tell: (what: string) => void): Promise<ReadExport>;
}

/** From where one can move in. */
const programs: Readonly<Record<string, Program>> = {
  slack: { title: 'Slack', read: readSlack },
  mattermost: { title: 'Mattermost', read: readMattermost },
};

const usage = `Say what to import: ${Object.keys(programs).join(' or ')}, and the file of the export.`;

function asked(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { into: { type: 'string' }, 'dry-run': { type: 'boolean' }, report: { type: 'string' } },
    });
    const [name = '', file, ...more] = positionals;
    const program = Object.hasOwn(programs, name) ? programs[name] : undefined;
    if (!program || file === undefined || more.length > 0) throw new Misused(usage);
    return {
      program,
      file: resolve(file),
      into: values.into,
      dryRun: values['dry-run'] === true,
      report: values.report,
    };
  } catch (error) {
    throw error instanceof Misused ? error : new Misused(`${usage} ${(error as Error).message}`);
  }
}

/** At most one line a second. */
function seldom(say: (line: string) => void, now: () => number): (line: string) => void {
  let saidAt = now();
  return (line) => {
    if (now() - saidAt < 1_000) return;
    saidAt = now();
    say(line);
  };
}

/** `import slack|mattermost FILE`: brings what was said elsewhere. */
export async function importCommand(args: readonly string[], context: AdminContext): Promise<readonly string[]> {
  const { program, file, into, dryRun, report } = asked(args);
  const { config, now } = context;
  const tell = seldom(context.say, now);
  const staging = new Staging();
  try {
    const importing = await openImporting(config, now);
    try {
      const read = await program.read(file, staging, (room) => tell(`Reading ${room}`));
      const folder = resolve(report ?? `${file.replace(/\.(zip|jsonl)$/i, '')}-import`);
      const { lines } = await runImport(importing, read, staging, {
        program: program.title,
        ...(into === undefined ? {} : { into }),
        dryRun,
        folder,
        publicUrl: config.publicUrl || `http://localhost:${config.port}`,
        now: now(),
        tell,
      });
      const links = dryRun ? '' : ' The links by which people take over their accounts are in links.csv there.';
      return [...lines, '', `The report is in ${folder}.${links}`];
    } finally {
      await importing.close();
    }
  } finally {
    staging.remove();
  }
}
