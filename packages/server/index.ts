export { ConfigError, configWith, readConfig, type ServerConfig } from './config.ts';
export { type OpenFiles, openFiles } from './files/open-files.ts';
export {
  type BroughtItem,
  type BroughtMember,
  type BroughtPerson,
  type BroughtRoom,
  type Importing,
  openImporting,
  type SpaceToFill,
} from './importing.ts';
export {
  type CopiedContent,
  CopyRefused,
  contentBeside,
  DatabaseRefused,
  dataFileIn,
  filesIn,
  type Holdings,
  type Manifest,
  type Moving,
  movingOf,
  type Progress,
} from './moving.ts';
export { openDatabase } from './open-database.ts';
export { type RunningServer, type ServerExtras, startServer } from './start-server.ts';
