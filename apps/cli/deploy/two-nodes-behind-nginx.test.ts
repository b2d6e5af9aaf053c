import { nginx } from './proxy-kinds.ts';
import { describeJourneysBehindOnTwoNodes } from './testing/journeys-behind.ts';

describeJourneysBehindOnTwoNodes(nginx);
