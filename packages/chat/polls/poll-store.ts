import type { MessageId, OptionTally, Poll, PollStanding, PollTerms, UserId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { type Step, sql } from '@confab/storage';

interface PollRow {
  message_id: MessageId;
  terms: string;
  closed_at: number | null;
}

interface VoteRow {
  message_id: MessageId;
  choice: number;
  user_id: UserId;
  total: number;
}

export interface StoredPoll {
  readonly message: MessageId;
  readonly terms: PollTerms;
  readonly closedAt: number | null;
}

const storedPoll = (row: PollRow): StoredPoll => ({
  message: row.message_id,
  terms: JSON.parse(row.terms) as PollTerms,
  closedAt: row.closed_at,
});

/** Once, however often the message is sent; says whether it was now. */
export function* insertPoll(message: MessageId, terms: PollTerms): Step<boolean> {
  const inserted = yield* sql.run(
    `INSERT INTO polls (message_id, terms, turns) VALUES (?, ?, 0) ON CONFLICT (message_id) DO NOTHING`,
    message,
    JSON.stringify(terms),
  );
  return inserted === 1;
}

export function* pollOf(message: MessageId): Step<StoredPoll | undefined> {
  const row = yield* sql.get<PollRow>('SELECT message_id, terms, closed_at FROM polls WHERE message_id = ?', message);
  return row && storedPoll(row);
}

/** The number of the next vote, by which those who voted are ordered. */
export function* nextTurn(message: MessageId): Step<number> {
  const row = yield* sql.get<{ turns: number }>(
    'UPDATE polls SET turns = turns + 1 WHERE message_id = ? RETURNING turns',
    message,
  );
  return row?.turns ?? 0;
}

export function* setClosed(message: MessageId, closedAt: number): Step<void> {
  yield* sql.run('UPDATE polls SET closed_at = ? WHERE message_id = ?', closedAt, message);
}

/** What somebody voted for, in the order of the options. */
export function* choicesOf(user: UserId, messages: readonly MessageId[]): Step<Map<MessageId, number[]>> {
  const rows = yield* sql.all<{ message_id: MessageId; choice: number }>(
    'SELECT message_id, choice FROM poll_votes WHERE user_id = ? AND message_id = ANY (?) ORDER BY message_id, choice',
    user,
    messages,
  );
  const choices = new Map<MessageId, number[]>();
  for (const row of rows) choices.set(row.message_id, [...(choices.get(row.message_id) ?? []), row.choice]);
  return choices;
}

/** In place of what they voted for before. */
export function* putVote(message: MessageId, user: UserId, choices: readonly number[], turn: number): Step<void> {
  yield* sql.run('DELETE FROM poll_votes WHERE message_id = ? AND user_id = ?', message, user);
  for (const choice of choices) {
    yield* sql.run(
      'INSERT INTO poll_votes (message_id, user_id, choice, turn) VALUES (?, ?, ?, ?)',
      message,
      user,
      choice,
      turn,
    );
  }
}

/** How the votes on these polls stand, for everyone alike. */
export function* standingsOf(polls: readonly StoredPoll[]): Step<Map<MessageId, PollStanding>> {
  if (polls.length === 0) return new Map();
  const ids = polls.map(({ message }) => message);
  const rows = yield* sql.all<VoteRow>(
    `SELECT message_id, choice, user_id, total FROM (
       SELECT message_id, choice, user_id, turn,
         COUNT(*) OVER (PARTITION BY message_id, choice) AS total,
         ROW_NUMBER() OVER (PARTITION BY message_id, choice ORDER BY turn) AS place
       FROM poll_votes WHERE message_id = ANY (?)) AS placed
     WHERE place <= ? ORDER BY message_id, choice, turn`,
    ids,
    limits.shownVoters,
  );
  const counted = yield* sql.all<{ message_id: MessageId; voters: number }>(
    `SELECT message_id, COUNT(DISTINCT user_id) AS voters FROM poll_votes WHERE message_id = ANY (?)
     GROUP BY message_id`,
    ids,
  );
  const voters = new Map(counted.map((row) => [row.message_id, row.voters]));
  return new Map(polls.map((poll) => [poll.message, standing(poll, voters.get(poll.message) ?? 0, rows)]));
}

function standing({ message, terms, closedAt }: StoredPoll, voters: number, rows: readonly VoteRow[]): PollStanding {
  if (terms.hidden && closedAt === null) return { voters };
  const own = rows.filter((row) => row.message_id === message);
  const tally = terms.options.map((_, option): OptionTally => {
    const of = own.filter(({ choice }) => choice === option);
    const count = of[0]?.total ?? 0;
    return terms.anonymous ? { count } : { count, users: of.map(({ user_id }) => user_id) };
  });
  return { voters, tally };
}

/** A poll with how the vote on it stands. */
export function* wholePoll(poll: StoredPoll): Step<Poll> {
  const standing = (yield* standingsOf([poll])).get(poll.message) ?? { voters: 0 };
  return { ...poll.terms, ...standing, ...(poll.closedAt === null ? {} : { closedAt: poll.closedAt }) };
}

/** The polls of those messages that have one; the same whoever asks. */
export function* pollsOf(_asker: UserId, messages: readonly MessageId[]): Step<Map<MessageId, Poll>> {
  const rows = yield* sql.all<PollRow>(
    'SELECT message_id, terms, closed_at FROM polls WHERE message_id = ANY (?)',
    messages,
  );
  const polls = rows.map(storedPoll);
  const standings = yield* standingsOf(polls);
  return new Map(
    polls.map(({ message, terms, closedAt }) => [
      message,
      {
        ...terms,
        ...(standings.get(message) ?? { voters: 0 }),
        ...(closedAt === null ? {} : { closedAt }),
      },
    ]),
  );
}

/** Those who voted for an option, the first ones first, after one of them. */
export function* votersAfter(
  message: MessageId,
  option: number,
  after: UserId | undefined,
  limit: number,
): Step<UserId[]> {
  const rows = yield* sql.all<{ user_id: UserId }>(
    `SELECT user_id FROM poll_votes WHERE message_id = ? AND choice = ? AND turn > COALESCE(
       (SELECT turn FROM poll_votes WHERE message_id = ? AND choice = ? AND user_id = ?), 0)
     ORDER BY turn LIMIT ?`,
    message,
    option,
    message,
    option,
    after ?? '',
    limit,
  );
  return rows.map((row) => row.user_id);
}
