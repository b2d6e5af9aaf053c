// Plain JavaScript, because the process's compile cache has to be on in this thread before its first TypeScript file
// is read: otherwise the thread loads the type stripper and keeps its 25 MB for good. Node does not pass it on itself.
import { enableCompileCache, flushCompileCache } from 'node:module';
import { workerData } from 'node:worker_threads';

if (workerData.compileCache !== undefined) enableCompileCache(workerData.compileCache);
await import('./lane-worker.ts');
// Now, because a process that is killed writes nothing at its end.
if (workerData.compileCache !== undefined) flushCompileCache();
