export { createEventsDoor, type EventsDoorOptions, eventsPath } from './door.ts';
export { defaultEventsLimits, type EventsLimits } from './limits.ts';
