export { ConfigError, configWith, readConfig, type ServerConfig } from './config.ts';
export { type RunningServer, type ServerExtras, startServer } from './start-server.ts';
export { ensureWebApp } from './web-build.ts';
