import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { contentBeside, dataFileIn, filesIn, type Holdings, type Manifest, movingOf } from '@confab/server';
import { type AdminCommand, type AdminContext, Misused } from './admin-command.ts';
import { backedUpFiles, movedFiles, restoredFiles } from './told-files.ts';

/** What `npm run confab -- <command>` does. */
export const commands: Readonly<Record<string, AdminCommand>> = {
  backup: {
    argument: 'FILE',
    help: 'Writes everything to a new file, and the content of files to the folder FILE-files, while servers run.',
    async run(argument, context) {
      const file = resolve(required(argument, 'Say which file the backup is to be.'));
      const moving = openMoving(context);
      const { manifest, content } = await moving.backUp(file);
      const { size } = await stat(file);
      return [
        `${moving.place} is backed up in ${file}, ${count(size)} bytes.`,
        ...toldOf(manifest),
        ...backedUpFiles(content, contentBeside(file)),
      ];
    },
  },
  restore: {
    argument: 'FILE',
    help: 'Brings a backup to an empty data folder or, with CONFAB_DATABASE_URL, to an empty PostgreSQL database.',
    async run(argument, context) {
      const file = resolve(required(argument, 'Say which backup is to be restored.'));
      const moving = openMoving(context);
      const { manifest, content } = await moving.restore(file);
      return [
        `${file} is restored to ${moving.place}, and checked.`,
        ...toldOf(manifest),
        ...restoredFiles(content, contentBeside(file), moving.files),
        'It is a new history for whoever saw more than it holds: their programs load everything anew.',
      ];
    },
  },
  promote: {
    argument: '[URL]',
    help: 'Moves the data folder of a stopped server to an empty PostgreSQL database, by default CONFAB_DATABASE_URL.',
    async run(argument, context) {
      const url = argument ?? context.config.databaseUrl;
      if (url === '') throw new Misused('Say to which PostgreSQL: postgres://user:password@host/database.');
      const moving = openMoving(context, '');
      const holdings = await moving.promote(url);
      const next = [
        'Start every server with CONFAB_DATABASE_URL from now on. The data folder is kept as it was.',
        ...movedFiles(moving.files, moving.files),
      ];
      if (holdings === undefined) return ['All of it had been moved already.', ...next];
      return ['The data lives in PostgreSQL now, copied and checked.', heldIn(holdings), ...next];
    },
  },
  demote: {
    argument: '[FILE or FOLDER]',
    help: 'Moves the PostgreSQL database of stopped servers back to a data folder, by default CONFAB_DATA.',
    async run(argument, context) {
      if (context.config.databaseUrl === '') throw new Misused('Set CONFAB_DATABASE_URL to say from which PostgreSQL.');
      const file = dataFileOf(argument ?? context.config.data);
      const moving = openMoving(context);
      const holdings = await moving.demote(file);
      return [
        `The data lives in ${file} now, copied and checked.`,
        heldIn(holdings),
        'Start the server without CONFAB_DATABASE_URL from now on. The PostgreSQL database is kept as it was.',
        ...movedFiles(moving.files, filesIn(dirname(file))),
      ];
    },
  },
  import: {
    argument: 'slack|mattermost FILE [--into SPACE] [--dry-run] [--report FOLDER]',
    help: 'Brings people, rooms and messages of an export of Slack or Mattermost into a space, while no server runs. Again: what is new.',
    takesMore: true,
    async run(_, context, args) {
      // Loaded when it is asked for: no other command needs to read zips.
      const { importCommand } = await import('./import/import-command.ts');
      return importCommand(args, context);
    },
  },
};

function openMoving({ config, now, progress }: AdminContext, databaseUrl = config.databaseUrl) {
  return movingOf({ data: config.data, databaseUrl, s3: config.s3 }, now, progress);
}

function dataFileOf(named: string): string {
  return named.endsWith('.db') ? resolve(named) : dataFileIn(named);
}

function required(argument: string | undefined, sentence: string): string {
  if (argument === undefined) throw new Misused(sentence);
  return argument;
}

function toldOf({ holdings, facts, at, writtenBy, from }: Manifest): string[] {
  const figures = Object.entries(facts).map(([name, figure]) => `${count(figure)} ${name}`);
  return [
    `Taken ${new Date(at).toISOString()} from ${from} by Confab ${writtenBy}: ${figures.join(', ')}.`,
    heldIn(holdings),
  ];
}

function heldIn({ rows, tables, schema, sha256 }: Holdings): string {
  return `${count(rows)} rows in ${tables.length} tables, schema version ${schema}; SHA-256 ${sha256}.`;
}

export function count(number: number): string {
  return number.toLocaleString('en');
}
