export { ConfigError, configWith, readConfig, type ServerConfig } from './config.ts';
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
  CopyRefused,
  DatabaseRefused,
  dataFileIn,
  type Holdings,
  type Manifest,
  type Moving,
  movingOf,
  type Progress,
} from './moving.ts';
export { type RunningServer, type ServerExtras, startServer } from './start-server.ts';
