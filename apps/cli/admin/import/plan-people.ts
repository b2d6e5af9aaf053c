import { randomBytes } from 'node:crypto';
import { type InviteId, limits, type UserId } from '@confab/protocol';
import type { BroughtPerson, Importing } from '@confab/server';
import type { ExportPerson } from './export-model.ts';
import { handleFrom, numbered } from './handles.ts';

/** How somebody of the export is to be here. */
export interface PlannedPerson {
  readonly person: ExportPerson;
  readonly user: UserId;
  readonly handle: string;
  /** `here`: came with an earlier run; `matched`: had an account already; `new`: gets one. */
  readonly how: 'here' | 'matched' | 'new';
  readonly needsLink: boolean;
}

export interface PeoplePlan {
  readonly byKey: ReadonlyMap<string, PlannedPerson>;
}

interface PlanParts {
  readonly importing: Importing;
  readonly source: string;
  readonly now: number;
}

const perAsk = 500;

function* chunks<T>(all: readonly T[], size = perAsk): Generator<T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}

/** Who of the export becomes whom: those of an earlier run, then those with the same handle, then new accounts. */
export async function planPeople(
  { importing, source, now }: PlanParts,
  people: Iterable<ExportPerson>,
): Promise<PeoplePlan> {
  const { desk, movedId } = importing;
  const byKey = new Map<string, PlannedPerson>();
  const all = [...people];
  for (const some of chunks(all)) {
    const known = await desk.knownPeople({ source, keys: some.map(({ key }) => key), now });
    const found = new Map(known.map((each) => [each.key, each]));
    for (const person of some) {
      const here = found.get(person.key);
      if (here) byKey.set(person.key, { person, how: 'here', ...pick(here) });
    }
  }
  const others = all.filter(({ key }) => !byKey.has(key));
  const wanted = new Map(
    others.map((person) => [person.key, handleFrom(person.handle, person.email.split('@')[0] ?? '', person.name)]),
  );
  const taken = await handlesTaken(importing, [...wanted.values()]);
  const used = new Set([...taken.keys(), ...[...byKey.values()].map(({ handle }) => handle)]);
  const matched = new Set<UserId>([...byKey.values()].map(({ user }) => user));
  for (const person of others) {
    const handle = wanted.get(person.key) ?? 'person';
    const account = taken.get(handle);
    const isSame =
      account?.kind === 'person' && person.kind === 'person' && !account.disabled && !matched.has(account.user);
    if (account && isSame && handle === person.handle.toLowerCase()) {
      matched.add(account.user);
      byKey.set(person.key, { person, user: account.user, handle, how: 'matched', needsLink: false });
      continue;
    }
    const free = await freeHandle(importing, handle, used);
    used.add(free);
    const user = movedId<UserId>(source, `person/${person.key}`, now);
    const needsLink = person.kind === 'person' && !person.disabled;
    byKey.set(person.key, { person, user, handle: free, how: 'new', needsLink });
  }
  return { byKey };
}

const pick = ({ user, handle, needsLink }: { user: UserId; handle: string; needsLink: boolean }) => ({
  user,
  handle,
  needsLink,
});

async function handlesTaken({ desk }: Importing, handles: readonly string[]) {
  const accounts = [];
  for (const some of chunks([...new Set(handles)])) accounts.push(...(await desk.accountsByHandle(some)));
  return new Map(accounts.map((account) => [account.handle, account]));
}

async function freeHandle({ desk }: Importing, handle: string, used: ReadonlySet<string>): Promise<string> {
  for (let number = 2, name = handle; ; number += 1) {
    if (!used.has(name) && (await desk.accountsByHandle([name])).length === 0) return name;
    name = numbered(handle, number, limits.handleChars.max);
  }
}

/** Words for whoever gives out the links. */
export interface ClaimLink {
  readonly person: ExportPerson;
  readonly handle: string;
  readonly token: string;
}

export interface PersonToBring {
  readonly brought: BroughtPerson;
  readonly link?: ClaimLink;
}

const oneLine = (text: string): string => text.replace(/[\s\p{C}]+/gu, ' ').trim();

/** Somebody as the domain takes them in, with the link by which they take their account over. */
export function personToBring(planned: PlannedPerson, parts: PlanParts): PersonToBring {
  const { person, user, handle, how } = planned;
  const { hashToken, movedId } = parts.importing;
  const name = oneLine(person.name).slice(0, limits.personNameChars).trim() || handle;
  const joins = person.kind === 'person' && !person.disabled && how !== 'here';
  const brought: BroughtPerson = {
    key: person.key,
    user,
    ...(how === 'new' ? { account: { handle, name, kind: person.kind, disabled: person.disabled } } : {}),
    role: joins ? (person.guest ? 'guest' : 'member') : null,
  };
  if (!planned.needsLink) return { brought };
  const token = randomBytes(32).toString('base64url');
  const id = movedId<InviteId>(parts.source, `invite/${token}`, parts.now);
  const invite = { id, tokenHash: hashToken(token), hint: token.slice(-4) };
  return { brought: { ...brought, invite }, link: { person, handle, token } };
}
