import { haproxy } from './proxy-kinds.ts';
import { describeJourneysBehindOnTwoNodes } from './testing/journeys-behind.ts';

describeJourneysBehindOnTwoNodes(haproxy);
