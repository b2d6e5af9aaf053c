import { doors } from './doors.ts';
import { describeJourneys } from './testing/journey-cases.ts';

describeJourneys(doors);
