import { runServer } from '../run-server.ts';

/** What `npm start` runs, without the web app: nothing is built first. */
await runServer(async () => undefined);
