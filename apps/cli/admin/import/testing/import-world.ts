import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bounds, hashToken, ImportDesk, movedId } from '@confab/chat';
import { createTestChat, type TestChat, type TestPerson } from '@confab/chat/testing';
import type { SpaceId } from '@confab/protocol';
import type { Importing } from '@confab/server';
import type { Gathering, ReadExport } from '../export-model.ts';
import type { ImportReport } from '../report.ts';
import { runImport } from '../run-import.ts';
import { Staging } from '../staging.ts';

type Read = (file: string, gathering: Gathering, tell: (what: string) => void) => Promise<ReadExport>;

/** An instance into which exports are brought, and a folder for them. */
export class ImportWorld {
  readonly folder = mkdtempSync(join(tmpdir(), 'confab-import-test-'));
  readonly test: TestChat;
  readonly owner: TestPerson;
  readonly space: SpaceId;

  private constructor(test: TestChat, owner: TestPerson, space: SpaceId) {
    this.test = test;
    this.owner = owner;
    this.space = space;
  }

  static async open(): Promise<ImportWorld> {
    const test = await createTestChat({ time: { nowMs: Date.UTC(2024, 5, 1) } });
    const { owner, space } = await test.found();
    return new ImportWorld(test, owner, space);
  }

  write(name: string, content: Buffer | string): string {
    const file = join(this.folder, name);
    writeFileSync(file, content);
    return file;
  }

  /** Brings an export. `wrap`: what stands before the domain, to break off for instance. */
  async bring(
    read: Read,
    file: string,
    { dryRun = false, wrap = (desk: ImportDesk) => desk } = {},
  ): Promise<ImportReport> {
    const importing: Importing = {
      desk: wrap(new ImportDesk(this.test.database)),
      movedId,
      hashToken,
      mostRooms: bounds.roomsPerSpace,
      close: async () => undefined,
    };
    const staging = new Staging();
    try {
      const told = await read(file, staging, () => undefined);
      const folder = join(this.folder, 'report');
      const common = {
        dryRun,
        folder,
        publicUrl: 'https://confab.example',
        now: this.test.nowMs,
        tell: () => undefined,
      };
      const { report } = await runImport(importing, told, staging, { program: 'Slack', ...common });
      return report;
    } finally {
      staging.remove();
    }
  }

  async close(): Promise<void> {
    await this.test.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
