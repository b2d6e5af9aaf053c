import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/** Bytes after Brotli at its best, as the server sends them to every browser over HTTPS. */
export interface BundleSizes {
  /** JavaScript until the sign-in page shows. */
  signIn: number;
  /** JavaScript until the first room shows, sign-in included. */
  firstRoom: number;
  /** Style sheets until the first room shows. */
  css: number;
  /** Scripts and style sheets of each part that is loaded later, beyond what the first room has loaded already. */
  later: Readonly<Record<string, number>>;
}

interface ManifestEntry {
  file: string;
  imports?: string[];
  dynamicImports?: string[];
  css?: string[];
}

const entry = 'index.html';
const inside = 'app/signed-in-app.tsx';

/** Weighs a build made with Vite's `build.manifest`. `dist` is its folder. */
export function bundleSizes(dist: string): BundleSizes {
  const manifest: Record<string, ManifestEntry> = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
  // Its quality is 11 unless told.
  const compressed = (file: string) => brotliCompressSync(readFileSync(join(dist, file))).length;
  const scripts = (names: Iterable<string>) =>
    sum([...new Set([...names].map((name) => entryOf(manifest, name).file))].map(compressed));

  const sheets = (names: Iterable<string>) => new Set([...names].flatMap((name) => entryOf(manifest, name).css ?? []));

  const atSignIn = closure(manifest, [entry]);
  const atFirstRoom = closure(manifest, [entry, inside]);
  const later = Object.values(manifest)
    .flatMap(({ dynamicImports = [] }) => dynamicImports)
    .filter((name) => !atFirstRoom.has(name));
  return {
    signIn: scripts(atSignIn),
    firstRoom: scripts(atFirstRoom),
    css: sum([...sheets(atFirstRoom)].map(compressed)),
    later: Object.fromEntries(
      [...new Set(later)].map((name) => {
        const further = closure(manifest, [name]).difference(atFirstRoom);
        return [name, scripts(further) + sum([...sheets(further).difference(sheets(atFirstRoom))].map(compressed))];
      }),
    ),
  };
}

/** The chunks that are loaded together with `names`. */
function closure(manifest: Record<string, ManifestEntry>, names: readonly string[]): Set<string> {
  const found = new Set<string>();
  const visit = (name: string) => {
    if (found.has(name)) return;
    found.add(name);
    for (const imported of entryOf(manifest, name).imports ?? []) visit(imported);
  };
  for (const name of names) visit(name);
  return found;
}

function entryOf(manifest: Record<string, ManifestEntry>, name: string): ManifestEntry {
  const found = manifest[name];
  if (found === undefined) throw new Error(`The build has no chunk for ${name}.`);
  return found;
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}
