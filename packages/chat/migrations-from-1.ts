import type { Migration, Sql } from '@confab/storage';

/** What PostgreSQL does by itself. */
const inSqlite = (sqlite: string): Sql => ({ sqlite, postgres: 'SELECT 1' });

/** Versions 1 to 18: accounts, rooms, messages, jobs and what makes conversations. */
export const migrationsFrom1: readonly Migration[] = [
  {
    version: 1,
    name: 'foundations',
    sql: [
      // The log ([L1]). `head` and `count` are taken and raised in the transaction that stores the event.
      'CREATE TABLE logs (id TEXT PRIMARY KEY, epoch BIGINT NOT NULL, head BIGINT NOT NULL, count BIGINT NOT NULL)',
      `CREATE TABLE events (
        log TEXT NOT NULL, seq BIGINT NOT NULL, count BIGINT NOT NULL, at BIGINT NOT NULL, author TEXT,
        name TEXT NOT NULL, data TEXT NOT NULL, notice INTEGER NOT NULL, subject TEXT,
        PRIMARY KEY (log, seq))`,
      'CREATE INDEX events_notices ON events (log, seq) WHERE notice = 1',
      'CREATE INDEX events_subjects ON events (log, subject, seq) WHERE subject IS NOT NULL',

      `CREATE TABLE users (
        id TEXT PRIMARY KEY, handle TEXT NOT NULL UNIQUE, name TEXT NOT NULL, password_hash TEXT NOT NULL,
        created_at BIGINT NOT NULL, disabled_at BIGINT, last_seen_at BIGINT)`,
      `CREATE TABLE sessions (
        id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id), token_hash TEXT NOT NULL UNIQUE,
        agent TEXT NOT NULL, created_at BIGINT NOT NULL, last_used_at BIGINT NOT NULL, expires_at BIGINT NOT NULL,
        revoked_at BIGINT)`,
      'CREATE INDEX sessions_of_user ON sessions (user_id) WHERE revoked_at IS NULL',

      'CREATE TABLE spaces (id TEXT PRIMARY KEY, name TEXT NOT NULL, created_by TEXT NOT NULL, created_at BIGINT NOT NULL)',
      `CREATE TABLE space_members (
        space_id TEXT NOT NULL REFERENCES spaces (id), user_id TEXT NOT NULL REFERENCES users (id),
        role TEXT NOT NULL, joined_at BIGINT NOT NULL, PRIMARY KEY (space_id, user_id))`,
      'CREATE INDEX space_members_of_user ON space_members (user_id)',
      `CREATE TABLE invites (
        id TEXT PRIMARY KEY, space_id TEXT NOT NULL REFERENCES spaces (id), token_hash TEXT NOT NULL UNIQUE,
        hint TEXT NOT NULL, role TEXT NOT NULL, created_by TEXT NOT NULL, created_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL, max_uses BIGINT, uses BIGINT NOT NULL, revoked_at BIGINT)`,
      'CREATE INDEX invites_of_space ON invites (space_id)',

      `CREATE TABLE rooms (
        id TEXT PRIMARY KEY, space_id TEXT NOT NULL REFERENCES spaces (id), kind TEXT NOT NULL,
        visibility TEXT NOT NULL, name TEXT NOT NULL, folded_name TEXT NOT NULL, topic TEXT NOT NULL,
        created_by TEXT NOT NULL, created_at BIGINT NOT NULL, archived_at BIGINT)`,
      'CREATE UNIQUE INDEX rooms_names ON rooms (space_id, folded_name)',
      `CREATE TABLE room_members (
        room_id TEXT NOT NULL REFERENCES rooms (id), user_id TEXT NOT NULL REFERENCES users (id),
        joined_at BIGINT NOT NULL, read_seq BIGINT NOT NULL, read_count BIGINT NOT NULL,
        PRIMARY KEY (room_id, user_id))`,
      'CREATE INDEX room_members_of_user ON room_members (user_id)',

      // `digest` is of the text as first sent: a repeated client id with other content is told apart after edits too.
      `CREATE TABLE messages (
        id TEXT PRIMARY KEY, room_id TEXT NOT NULL REFERENCES rooms (id), seq BIGINT NOT NULL,
        author TEXT NOT NULL REFERENCES users (id), client_id TEXT NOT NULL, digest TEXT NOT NULL,
        text TEXT NOT NULL, posted_at BIGINT NOT NULL, edited_at BIGINT, deleted_at BIGINT)`,
      'CREATE UNIQUE INDEX messages_sends ON messages (room_id, author, client_id)',
      'CREATE UNIQUE INDEX messages_timeline ON messages (room_id, seq)',
    ],
  },
  {
    version: 2,
    name: 'cursors',
    sql: [
      `CREATE TABLE cursors (
        user_id TEXT NOT NULL REFERENCES users (id), name TEXT NOT NULL, state TEXT NOT NULL, saved_at BIGINT NOT NULL,
        PRIMARY KEY (user_id, name))`,
    ],
  },
  {
    version: 3,
    name: 'webhooks',
    sql: [
      "ALTER TABLE users ADD COLUMN kind TEXT NOT NULL DEFAULT 'person'",
      "ALTER TABLE sessions ADD COLUMN scope TEXT NOT NULL DEFAULT 'all'",
      `CREATE TABLE webhooks (
        id TEXT PRIMARY KEY, room_id TEXT NOT NULL REFERENCES rooms (id), bot TEXT NOT NULL REFERENCES users (id),
        session_id TEXT NOT NULL, name TEXT NOT NULL, hint TEXT NOT NULL, created_by TEXT NOT NULL,
        created_at BIGINT NOT NULL, revoked_at BIGINT)`,
      'CREATE INDEX webhooks_of_room ON webhooks (room_id) WHERE revoked_at IS NULL',
    ],
  },
  {
    version: 4,
    name: 'peers',
    sql: [
      `CREATE TABLE peer_leases (
        id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id), secret_hash TEXT NOT NULL, holder TEXT,
        expires_at BIGINT NOT NULL)`,
      'CREATE INDEX peer_leases_of_user ON peer_leases (user_id)',
    ],
  },
  {
    version: 5,
    name: 'nodes',
    sql: [
      // Who runs on this database now, and where other nodes reach them; secrets that they share.
      'CREATE TABLE nodes (name TEXT PRIMARY KEY, url TEXT NOT NULL, started_at BIGINT NOT NULL, seen_at BIGINT NOT NULL)',
      'CREATE TABLE instance_secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL)',
      // Rights that were taken away a moment ago, for nodes that the bus did not tell.
      'CREATE TABLE revocations (id TEXT PRIMARY KEY, at BIGINT NOT NULL, data TEXT NOT NULL)',
      'CREATE INDEX revocations_by_time ON revocations (at)',
    ],
  },
  {
    version: 6,
    name: 'reactions',
    sql: [
      // `seq` is of the event that told it; `since` of the one that brought the emoji onto the message.
      `CREATE TABLE reactions (
        message_id TEXT NOT NULL REFERENCES messages (id), emoji TEXT NOT NULL, user_id TEXT NOT NULL REFERENCES users (id),
        seq BIGINT NOT NULL, since BIGINT NOT NULL, PRIMARY KEY (message_id, emoji, user_id))`,
    ],
  },
  {
    version: 7,
    name: 'threads',
    sql: [
      // Empty in a plain message. `details`: what is rarely said besides, as JSON.
      'ALTER TABLE messages ADD COLUMN thread TEXT',
      'ALTER TABLE messages ADD COLUMN in_room INTEGER NOT NULL DEFAULT 1',
      'ALTER TABLE messages ADD COLUMN details TEXT',
      'DROP INDEX messages_timeline',
      'CREATE UNIQUE INDEX messages_timeline ON messages (room_id, seq) WHERE in_room = 1',
      'CREATE UNIQUE INDEX messages_of_thread ON messages (thread, seq) WHERE thread IS NOT NULL',
      `CREATE TABLE threads (
        root TEXT PRIMARY KEY REFERENCES messages (id), room_id TEXT NOT NULL REFERENCES rooms (id),
        replies BIGINT NOT NULL, last_seq BIGINT NOT NULL, last_at BIGINT NOT NULL, people TEXT NOT NULL)`,
    ],
  },
  {
    version: 8,
    name: 'directs',
    sql: [
      // A direct or group is of no space. Both databases drop a NOT NULL only with the column.
      'ALTER TABLE rooms ADD COLUMN space TEXT REFERENCES spaces (id)',
      'UPDATE rooms SET space = space_id',
      'DROP INDEX rooms_names',
      'ALTER TABLE rooms DROP COLUMN space_id',
      'ALTER TABLE rooms RENAME COLUMN space TO space_id',
      'CREATE UNIQUE INDEX rooms_names ON rooms (space_id, folded_name)',
      // The ids of its people in order, with a space between: there is one place for each set of people.
      'ALTER TABLE rooms ADD COLUMN people_key TEXT',
      'CREATE UNIQUE INDEX rooms_of_people ON rooms (people_key) WHERE people_key IS NOT NULL',
      // The count of posts when it was closed: it is out of the person's list until there is a further one.
      'ALTER TABLE room_members ADD COLUMN closed_count BIGINT',
      `CREATE TABLE blocks (
        user_id TEXT NOT NULL REFERENCES users (id), blocked TEXT NOT NULL REFERENCES users (id), at BIGINT NOT NULL,
        PRIMARY KEY (user_id, blocked))`,
      'CREATE INDEX blocks_of_blocked ON blocks (blocked)',
    ],
  },
  {
    version: 9,
    name: 'settings',
    sql: [
      `CREATE TABLE account_settings (
        user_id TEXT NOT NULL REFERENCES users (id), name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (user_id, name))`,
    ],
  },
  {
    version: 10,
    name: 'thread-follows',
    sql: [
      // What a message said before it was edited, the first text first.
      `CREATE TABLE message_versions (
        message_id TEXT NOT NULL REFERENCES messages (id), version BIGINT NOT NULL, text TEXT NOT NULL,
        at BIGINT NOT NULL, PRIMARY KEY (message_id, version))`,
      // `following = 0`: followed once and no longer, which only one's own hand or post changes.
      `CREATE TABLE thread_follows (
        root TEXT NOT NULL REFERENCES messages (id), user_id TEXT NOT NULL REFERENCES users (id),
        room_id TEXT NOT NULL REFERENCES rooms (id), following INTEGER NOT NULL, read_index BIGINT NOT NULL,
        PRIMARY KEY (root, user_id))`,
      'CREATE INDEX thread_follows_of_user ON thread_follows (user_id, room_id)',
    ],
  },
  {
    version: 11,
    name: 'memberships',
    sql: [
      'ALTER TABLE room_members ADD COLUMN rewinds BIGINT NOT NULL DEFAULT 0',
      "ALTER TABLE room_members ADD COLUMN notify TEXT NOT NULL DEFAULT 'default'",
      'ALTER TABLE room_members ADD COLUMN muted_until BIGINT',
      // Posts that do not count as unread any more.
      'CREATE INDEX messages_deleted ON messages (room_id, seq) WHERE deleted_at IS NOT NULL AND in_room = 1',
      // `notice` is 2 for what passive listeners are told in full and what is no line of the timeline.
      'CREATE INDEX events_told ON events (log, seq) WHERE notice > 0',
      // Whom messages mention, and those that call everyone in their room.
      `CREATE TABLE mentions (
        user_id TEXT NOT NULL REFERENCES users (id), message_id TEXT NOT NULL REFERENCES messages (id),
        room_id TEXT NOT NULL REFERENCES rooms (id), seq BIGINT NOT NULL, PRIMARY KEY (user_id, message_id))`,
      'CREATE INDEX mentions_unread ON mentions (user_id, room_id, seq)',
      'CREATE INDEX mentions_of_message ON mentions (message_id)',
      `CREATE TABLE room_mentions (
        room_id TEXT NOT NULL REFERENCES rooms (id), seq BIGINT NOT NULL,
        message_id TEXT NOT NULL REFERENCES messages (id), author TEXT NOT NULL, PRIMARY KEY (room_id, seq))`,
      'CREATE INDEX room_mentions_of_message ON room_mentions (message_id)',

      `CREATE TABLE people_groups (
        id TEXT PRIMARY KEY, space_id TEXT NOT NULL REFERENCES spaces (id), handle TEXT NOT NULL, name TEXT NOT NULL)`,
      'CREATE UNIQUE INDEX people_groups_handles ON people_groups (space_id, handle)',
      `CREATE TABLE people_group_members (
        group_id TEXT NOT NULL REFERENCES people_groups (id), user_id TEXT NOT NULL REFERENCES users (id),
        PRIMARY KEY (group_id, user_id))`,
      'CREATE INDEX people_group_members_of_user ON people_group_members (user_id)',
    ],
  },
  {
    version: 12,
    name: 'pins',
    sql: [
      // `seq` is of the event that told it.
      `CREATE TABLE pins (
        message_id TEXT PRIMARY KEY REFERENCES messages (id), room_id TEXT NOT NULL REFERENCES rooms (id),
        pinned_by TEXT NOT NULL REFERENCES users (id), pinned_at BIGINT NOT NULL, seq BIGINT NOT NULL)`,
      'CREATE INDEX pins_of_room ON pins (room_id, seq)',
    ],
  },
  {
    version: 13,
    name: 'status',
    sql: [
      // As JSON. `do_not_disturb` is the setting of that name, where others see it.
      'ALTER TABLE users ADD COLUMN status TEXT',
      'ALTER TABLE users ADD COLUMN do_not_disturb TEXT',
    ],
  },
  {
    version: 14,
    name: 'receipts',
    sql: [
      'ALTER TABLE room_members ADD COLUMN delivered_seq BIGINT NOT NULL DEFAULT 0',
      // The furthest that others are told the member has read, and when; the time is empty when a post of theirs says it.
      'ALTER TABLE room_members ADD COLUMN seen_seq BIGINT NOT NULL DEFAULT 0',
      'ALTER TABLE room_members ADD COLUMN read_at BIGINT',
      'UPDATE room_members SET seen_seq = read_seq',
      "ALTER TABLE rooms ADD COLUMN receipts TEXT NOT NULL DEFAULT 'on'",
    ],
  },
  {
    version: 15,
    name: 'jobs',
    sql: [
      // What is to be done later. `lane`: what it mostly writes to. `lease`: of whoever does it now, otherwise empty.
      `CREATE TABLE jobs (
        kind TEXT NOT NULL, subject TEXT NOT NULL, lane TEXT NOT NULL, due_at BIGINT NOT NULL, data TEXT NOT NULL,
        attempts BIGINT NOT NULL, lease TEXT NOT NULL, PRIMARY KEY (kind, subject))`,
      'CREATE INDEX jobs_due ON jobs (due_at)',
    ],
  },
  {
    version: 16,
    name: 'kept',
    sql: [
      // `failed`: the code of the error for which it was not posted when it was due.
      `CREATE TABLE scheduled_messages (
        id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id), room_id TEXT NOT NULL REFERENCES rooms (id),
        thread TEXT, client_id TEXT NOT NULL, text TEXT NOT NULL, due_at BIGINT NOT NULL, created_at BIGINT NOT NULL,
        failed TEXT)`,
      'CREATE INDEX scheduled_messages_of_user ON scheduled_messages (user_id, due_at)',
      // `thread` is empty for the room itself; an empty text was sent or given up, and keeps older ones away.
      `CREATE TABLE drafts (
        user_id TEXT NOT NULL REFERENCES users (id), room_id TEXT NOT NULL REFERENCES rooms (id), thread TEXT NOT NULL,
        text TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (user_id, room_id, thread))`,
      `CREATE TABLE reminders (
        user_id TEXT NOT NULL REFERENCES users (id), message_id TEXT NOT NULL REFERENCES messages (id),
        room_id TEXT NOT NULL REFERENCES rooms (id), due_at BIGINT NOT NULL, told_at BIGINT,
        PRIMARY KEY (user_id, message_id))`,
      `CREATE TABLE bookmarks (
        user_id TEXT NOT NULL REFERENCES users (id), message_id TEXT NOT NULL REFERENCES messages (id),
        room_id TEXT NOT NULL REFERENCES rooms (id), at BIGINT NOT NULL, note TEXT NOT NULL,
        PRIMARY KEY (user_id, message_id))`,
      'CREATE INDEX bookmarks_by_time ON bookmarks (user_id, at, message_id)',
    ],
  },
  {
    version: 17,
    name: 'previews',
    sql: [
      // What pages that a message links to say of themselves, as JSON; `removed`: somebody took it away for good.
      `CREATE TABLE message_previews (
        message_id TEXT PRIMARY KEY REFERENCES messages (id), previews TEXT NOT NULL, removed INTEGER NOT NULL)`,
    ],
  },
  {
    version: 18,
    name: 'search',
    sql: [
      // The words that each message is found by, with a space around each; `place` is the time in its id, as a number.
      `CREATE TABLE search_words (
        place BIGINT NOT NULL, message_id TEXT NOT NULL REFERENCES messages (id), words TEXT NOT NULL,
        PRIMARY KEY (place, message_id))`,
      {
        sqlite: `CREATE VIRTUAL TABLE search_index USING fts5(words, content = 'search_words', content_rowid = 'place',
          detail = 'none', columnsize = 0, tokenize = "ascii tokenchars '.:'")`,
        postgres: `CREATE INDEX search_index ON search_words
          USING GIN (array_to_tsvector(string_to_array(btrim(words), ' ')))`,
      },
      // What is deleted leaves no word behind.
      inSqlite("INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1)"),
      // Up to where SQLite's index goes: many new words at once cost it a third of each by itself. None: all is in it.
      'CREATE TABLE search_mark (id INTEGER PRIMARY KEY, place BIGINT NOT NULL)',
      inSqlite(`CREATE TRIGGER search_words_added AFTER INSERT ON search_words
        WHEN new.place <= COALESCE((SELECT place FROM search_mark), new.place) BEGIN
        INSERT INTO search_index (rowid, words) VALUES (new.place, new.words); END`),
      inSqlite(`CREATE TRIGGER search_words_gone AFTER DELETE ON search_words
        WHEN old.place <= COALESCE((SELECT place FROM search_mark), old.place) BEGIN
        INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.place, old.words); END`),
      // What was said before there was an index.
      `INSERT INTO jobs (kind, subject, lane, due_at, data, attempts, lease)
       SELECT 'search-index', 'all', 'search', 0, '{}', 0, '' WHERE EXISTS (SELECT 1 FROM messages)`,
    ],
  },
];
