export { openPostgresBus, type PostgresBusOptions } from './open-postgres-bus.ts';
