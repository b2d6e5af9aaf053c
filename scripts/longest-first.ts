import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, the longest first: begun last, one of them alone would keep everybody waiting. */
const longest = [
  'apps/cli/torture/black-hole/black-hole.test.ts',
  'apps/cli/torture/simulation/simulation.test.ts',
  'apps/cli/deploy/two-nodes-behind-nginx.test.ts',
  'apps/cli/torture/redis-faults/redis-faults.test.ts',
  'apps/cli/torture/fuzz/fuzz.test.ts',
  'apps/cli/deploy/two-nodes-behind-caddy.test.ts',
  'apps/cli/deploy/two-nodes-behind-haproxy.test.ts',
  'apps/cli/torture/revocation/revocation.test.ts',
  'apps/cli/admin/admin.pg.test.ts',
  'apps/cli/doors/signalr.test.ts',
  'apps/cli/doors/journey.test.ts',
  'packages/storage/postgres/open-postgres.test.ts',
  'apps/cli/torture/moving/moving.test.ts',
  'apps/cli/cluster/went-back.pg.test.ts',
  'apps/cli/torture/rolling-restart/rolling-restart.test.ts',
  'apps/cli/torture/postgres-faults/postgres-faults.test.ts',
  'apps/cli/torture/clocks/clocks.test.ts',
  'apps/cli/torture/kill/kill.test.ts',
  'packages/server/authorisation.test.ts',
  'packages/server/absence.test.ts',
  'apps/web/e2e/accessibility.e2e.ts',
  'apps/web/e2e/timeline.e2e.ts',
  'apps/web/e2e/presses.e2e.ts',
  'apps/web/e2e/day.e2e.ts',
  'packages/chat/migrations.test.ts',
];

/** Files of one project follow each other, because only those that do so share what they have loaded. */
const projects = ['with processes', 'confab', 'in the browser', 'chat on PostgreSQL', 'together'];

/** Begins with what takes longest, on a machine that never ran these tests as on one that did. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project, moduleId }: TestSpecification): number => {
      const place = longest.indexOf(relative(this.ctx.config.root, moduleId));
      return projects.indexOf(project.name) * longest.length * 2 + (place === -1 ? longest.length : place);
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
