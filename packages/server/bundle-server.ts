import { type Plugin, rolldown } from 'rolldown';

/** What is loaded by its address, because it runs in a thread or process of its own: its file has a name that can be told. */
const entries: Readonly<Record<string, string>> = {
  '@confab/server/run-server': 'run-server',
  '@confab/storage/lane-start': 'lane-start',
  '@confab/chat/scripts': 'scripts',
  '@confab/server/media-start': 'media-start',
};

/** Stays outside: what is not JavaScript, and what looks for its parts beside itself. */
const outside = ['@node-rs/argon2', 'sharp', '@napi-rs/canvas', /^pdfjs-dist\//];

const addressesOfEntries: Plugin = {
  name: 'addresses-of-entries',
  transform: {
    filter: { code: "import.meta.resolve('@confab/" },
    handler: (code) =>
      code.replaceAll(/import\.meta\.resolve\('(@confab\/[^']+)'\)/g, (_, module: string) => {
        if (entries[module] === undefined) throw new Error(`${module} is loaded by its address and is no entry`);
        return `new URL('./${entries[module]}.js', import.meta.url).href`;
      }),
  },
};

/** Puts the server into a few files: `node bundle-server.ts FOLDER`. What is loaded late stays in files of its own. */
const [, , dir = ''] = process.argv;
const made = await rolldown({
  cwd: import.meta.dirname,
  input: Object.fromEntries(Object.entries(entries).map(([module, name]) => [name, module])),
  ...{ external: outside, platform: 'node', plugins: [addressesOfEntries], logLevel: 'silent' },
});
await made.write({ dir, format: 'esm', chunkFileNames: '[name]-[hash].js', minify: false });
await made.close();
