import { Refusal } from '@confab/protocol/errors.ts';
import { cancelJob } from '../jobs/index.ts';
import { operation } from '../operation.ts';
import { takeAway } from './do-export.ts';
import { exportById, exportsOf, partOf } from './export-store.ts';

export const listExports = operation({
  name: 'export.list',
  kind: 'read',
  access: { who: 'user' },
  limit: 'read',
  *run({ actor }) {
    const exports = yield* exportsOf(actor.user);
    return { exports: exports.map(({ export: each, parts }) => ({ export: each, parts })) };
  },
});

export const removeExport = operation({
  name: 'export.remove',
  kind: 'write',
  access: { who: 'user' },
  limit: 'write',
  *run({ actor, tx }, { export: id }) {
    const making = yield* exportById(id);
    if (making?.user !== actor.user) return {};
    yield* cancelJob('export', id);
    yield* takeAway(tx, making);
    return {};
  },
});

export const showExportPart = operation({
  name: 'export.part',
  kind: 'read',
  access: { who: 'user' },
  limit: 'read',
  *run({ actor, tx }, { export: id, part }) {
    const making = yield* exportById(id);
    if (making?.user !== actor.user || making.export.state !== 'ready') throw new Refusal('not-found');
    if (making.export.endsAt === null || making.export.endsAt <= tx.now) throw new Refusal('not-found');
    const found = yield* partOf(making.export.id, part);
    if (!found) throw new Refusal('not-found');
    return { name: found.name, data: JSON.parse(found.data), next: part < making.parts ? part + 1 : null };
  },
});
