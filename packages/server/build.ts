import { ensureServer } from './server-build.ts';
import { ensureWebApp } from './web-build.ts';

/** What `npm run build` runs: everything is there before the first start, which then needs no build tools. */
await ensureWebApp((sentence) => void process.stdout.write(`${sentence}\n`));
await ensureServer();
