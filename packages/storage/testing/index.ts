export { type DatabaseBounds, type DatabaseKind, type DatabasePlace, describeDatabase } from './describe-database.ts';
export { migrations } from './migrations.ts';
export { scripts } from './scripts.ts';
