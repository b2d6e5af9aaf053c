export { defaultLimits, type PostgresLimits } from './limits.ts';
export { openPostgres, type PostgresOptions, type PostgresReport } from './open-postgres.ts';
