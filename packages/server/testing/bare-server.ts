import { ensureServer } from '../server-build.ts';

/** What `npm start` runs, without the web app, which takes a while to build. */
const { runServer }: typeof import('../run-server.ts') = await import(await ensureServer());
await runServer(async () => undefined);
