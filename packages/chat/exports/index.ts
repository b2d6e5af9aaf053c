export { doExport } from './do-export.ts';
export { listExports, removeExport, showExportPart } from './own-exports.ts';
export { exportAccount, exportRoom } from './start-export.ts';
