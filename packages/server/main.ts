import { runServer } from './run-server.ts';
import { ensureWebApp } from './web-build.ts';

/** What `npm start` runs. */
await runServer(ensureWebApp);
