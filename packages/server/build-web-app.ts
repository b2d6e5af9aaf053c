import { ensureWebApp } from './web-build.ts';

/** What `npm run build` runs: the web app is there before the first start, which then needs no build tools. */
await ensureWebApp((sentence) => void process.stdout.write(`${sentence}\n`));
