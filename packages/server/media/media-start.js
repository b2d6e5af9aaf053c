// Plain JavaScript, because the compile cache has to be on before the first TypeScript file is read.
import { enableCompileCache, flushCompileCache } from 'node:module';

const { CONFAB_COMPILE_CACHE: compileCache } = process.env;
if (compileCache !== undefined) enableCompileCache(compileCache);
await import('./media-worker.ts');
// Now, because a process that is killed writes nothing at its end.
if (compileCache !== undefined) flushCompileCache();
