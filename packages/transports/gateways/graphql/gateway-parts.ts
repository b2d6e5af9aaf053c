import type { Timers } from '@confab/engine';
import type { DoorParts } from '../../door.ts';
import type { Execution } from './execution.ts';
import type { GraphqlLimits } from './limits.ts';
import type { PrepareParts } from './prepare.ts';

/** What the three ways in share. */
export interface GatewayParts extends DoorParts, PrepareParts {
  readonly limits: GraphqlLimits;
  readonly execution: Execution;
  readonly timers: Timers;
}
