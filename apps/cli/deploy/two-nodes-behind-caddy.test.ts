import { caddy } from './proxy-kinds.ts';
import { describeJourneysBehind } from './testing/journeys-behind.ts';

describeJourneysBehind(caddy);
