import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, type Rolldown } from 'vite';
import { workerSentences } from './language/worker-sentences.ts';
import type { Shell } from './service-worker/shell.ts';

const source = fileURLToPath(new URL('service-worker/service-worker.ts', import.meta.url));
/** What is always loaded first: the page itself, and what somebody who is signed in sees. */
const firstModules = ['/apps/web/index.html', '/apps/web/app/signed-in-app.tsx'];
/** Beside the scripts and sheets: what the first page shows. */
const firstFiles = ['favicon.svg', 'favicon-unread.svg', 'manifest.webmanifest', 'icons/icon-192.png'];
const icons = /^assets\/icons-[^/]*\.svg$/;
/** Larger parts (formulas, coloured code, names of emoji) are kept once they were used. */
const largestLater = 100_000;

/**
 * Builds the service worker once everything else is built, because it names the files that it keeps. In one file and
 * as a plain script: not every browser that runs the app takes workers that are modules.
 */
export function serviceWorker(): Plugin {
  return {
    name: 'confab-service-worker',
    apply: 'build',
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler({ dir }, bundle) {
        // Other pages that are built like the app have no worker.
        if (dir === undefined || !('index.html' in bundle)) return;
        await build({
          configFile: false,
          publicDir: false,
          logLevel: 'warn',
          define: { SHELL: JSON.stringify(shellOf(dir, bundle)), SENTENCES: JSON.stringify(workerSentences()) },
          build: {
            outDir: dir,
            emptyOutDir: false,
            target: 'es2023',
            rolldownOptions: { input: source, output: { format: 'iife', entryFileNames: 'service-worker.js' } },
          },
        });
      },
    },
  };
}

function shellOf(dir: string, bundle: Rolldown.OutputBundle): Shell {
  const first = filesOf(bundle, firstModules);
  const later = Object.values(bundle)
    .filter((file) => /\.(js|css)$/.test(file.fileName) && !first.has(file.fileName))
    .filter((file) => Buffer.byteLength(file.type === 'chunk' ? file.code : file.source) <= largestLater)
    .map(({ fileName }) => fileName);
  const entry = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry);
  if (entry === undefined) throw new Error('The build has no script that its page starts with.');
  const drawn = Object.keys(bundle).filter((name) => icons.test(name));
  const names = [...first, ...drawn, ...firstFiles, ...later];
  const hash = createHash('sha256').update(names.join('\n'));
  // The names of all other files change with what is in them.
  for (const name of ['index.html', ...firstFiles]) hash.update(readFileSync(join(dir, name)));
  const addresses = (files: Iterable<string>) => [...files].map((name) => `/${name}`).sort();
  return {
    version: hash.digest('hex').slice(0, 16),
    entry: `/${entry.fileName}`,
    first: addresses([...first, ...drawn, ...firstFiles]),
    later: addresses(later),
  };
}

/** The scripts and sheets that are loaded together with these modules. */
function filesOf(bundle: Rolldown.OutputBundle, modules: readonly string[]): Set<string> {
  const found = new Set<string>();
  const visit = (name: string) => {
    const file = bundle[name];
    if (found.has(name) || file?.type !== 'chunk') return;
    found.add(name);
    for (const sheet of file.viteMetadata?.importedCss ?? []) found.add(sheet);
    for (const imported of file.imports) visit(imported);
  };
  for (const file of Object.values(bundle)) {
    if (file.type === 'chunk' && modules.some((module) => file.facadeModuleId?.endsWith(module))) visit(file.fileName);
  }
  return found;
}
