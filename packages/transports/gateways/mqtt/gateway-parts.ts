import type { Clock, Timers } from '@confab/engine';
import type { DoorParts } from '../../door.ts';
import type { LiveSessions } from './connection/live-sessions.ts';
import type { MqttLimits } from './limits.ts';
import type { WaitingWills } from './will.ts';
import type { Codec } from './wire/codec.ts';

/** What all connections of the gateway share. */
export interface GatewayParts extends Pick<DoorParts, 'reception' | 'ask' | 'report'> {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly limits: MqttLimits;
  readonly codec: Codec;
  readonly live: LiveSessions;
  readonly wills: WaitingWills;
}
