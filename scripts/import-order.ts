/**
 * Who may import whom, as data. The key is a folder of the repository; the value names the workspace packages that
 * its files may import (themselves always). Tests, `testing/`, `e2e/` and `torture/` folders may also import what is
 * under `alsoInTests`.
 */
export const importOrder: Readonly<Record<string, { may: readonly string[]; alsoInTests?: readonly string[] }>> = {
  'packages/protocol': { may: [] },
  // Real servers of others (PostgreSQL, Redis, proxies) for tests, benchmarks and torture runs.
  'packages/testing': { may: [] },
  'packages/storage': { may: [], alsoInTests: ['testing'] },
  'packages/engine': { may: ['protocol'] },
  'packages/bus': { may: ['engine', 'protocol'], alsoInTests: ['testing'] },
  'packages/transports': { may: ['engine', 'protocol'] },
  'packages/chat': { may: ['protocol', 'storage'], alsoInTests: ['testing'] },
  'packages/server': {
    may: ['protocol', 'storage', 'engine', 'bus', 'transports', 'chat'],
    alsoInTests: ['client', 'testing'],
  },
  'packages/client': { may: ['protocol'], alsoInTests: ['server', 'testing'] },
  'apps/web': { may: ['client', 'protocol'], alsoInTests: ['server', 'testing'] },
  'apps/cli': { may: ['client', 'server', 'protocol', 'testing'], alsoInTests: ['chat', 'engine', 'storage', 'web'] },
};

/** Slices of `packages/chat` in their order: a slice may import those before it, and only through their `index.ts`. */
export const sliceOrder: readonly string[] = [
  'accounts',
  'settings',
  'jobs',
  'blocks',
  'spaces',
  'custom-emoji',
  'people-groups',
  'mentions',
  'rooms',
  'directs',
  'pictures',
  'files',
  'messages',
  'moderation',
  'mention-list',
  'reactions',
  'pins',
  'polls',
  'previews',
  'search',
  'status',
  'receipts',
  'threads',
  'typing',
  'presence',
  'broadcasts',
  'peers',
  'cursors',
  'webhooks',
  'scheduled',
  'drafts',
  'reminders',
  'bookmarks',
  'sections',
  'push',
  'mail',
  'notifications',
  'nodes',
  'home',
  'import',
  'exports',
];
