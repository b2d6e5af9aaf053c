/**
 * Who may import whom, as data. The key is a folder of the repository; the value names the workspace packages that
 * its files may import (themselves always). Tests, `testing/`, `e2e/` and `torture/` folders may also import what is
 * under `alsoInTests`.
 */
export const importOrder: Readonly<Record<string, { may: readonly string[]; alsoInTests?: readonly string[] }>> = {
  'packages/protocol': { may: [] },
  'packages/storage': { may: [] },
  'packages/engine': { may: ['protocol'] },
  'packages/bus': { may: ['engine', 'protocol'] },
  'packages/transports': { may: ['engine', 'protocol'] },
  'packages/chat': { may: ['protocol', 'storage'] },
  'packages/server': { may: ['protocol', 'storage', 'engine', 'bus', 'transports', 'chat'], alsoInTests: ['client'] },
  'packages/client': { may: ['protocol'], alsoInTests: ['server'] },
  'apps/web': { may: ['client', 'protocol'], alsoInTests: ['server'] },
  'apps/cli': { may: ['client', 'server', 'protocol'], alsoInTests: ['chat', 'web'] },
};

/** Slices of `packages/chat` in their order: a slice may import those before it, and only through their `index.ts`. */
export const sliceOrder: readonly string[] = [
  'accounts',
  'spaces',
  'rooms',
  'messages',
  'typing',
  'presence',
  'peers',
  'cursors',
  'webhooks',
  'home',
];
