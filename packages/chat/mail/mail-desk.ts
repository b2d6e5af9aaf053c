import type { MessageId, UserId } from '@confab/protocol';
import type { Database } from '@confab/storage';
import type { PresenceSource } from '../completions.ts';
import { asRefusal } from '../refusal-of.ts';
import type { QueryName } from '../scripts.ts';
import { hashToken, tokenBytes, tokenFrom } from '../tokens.ts';
import type { MailedPerson, NextDigest } from './digest.ts';
import type { Addressee } from './email-store.ts';
import { mailKey, unsubscribeToken } from './mail-key.ts';
import { mailOfSubject } from './schedule-mail.ts';

/** A mail to be written and sent now. `unsubscribe`: the token of the link that ends mails about messages. */
export type NextMail =
  | ({ readonly kind: 'verify'; readonly token: string } & MailedPerson)
  | ({ readonly kind: 'test' } & MailedPerson)
  | ({ readonly kind: 'digest'; readonly unsubscribe: string } & NextDigest)
  /** There is nothing to send; `told`: the messages that no mail has to tell of any more. */
  | { readonly kind: 'none'; readonly told: readonly MessageId[] }
  /** Whoever it is for is here now. */
  | { readonly kind: 'online' }
  /** They are sent no mail about messages any more. */
  | { readonly kind: 'off' };

interface MailDeskParts {
  readonly database: Database;
  readonly now: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly presence: PresenceSource;
}

/** What whoever sends mail asks the domain, right before. */
export class MailDesk {
  readonly #parts: MailDeskParts;

  constructor(parts: MailDeskParts) {
    this.#parts = parts;
  }

  /** @throws `Refusal` without storage. */
  next(subject: string): Promise<NextMail> {
    const { user, kind } = mailOfSubject(subject);
    return this.#ways[kind](user).catch(asRefusal);
  }

  readonly #ways = {
    /** The token exists nowhere but in the mail: what is stored is its hash. */
    verify: async (user: UserId): Promise<NextMail> => {
      const token = tokenFrom(this.#parts.randomBytes(tokenBytes));
      const input = { user, tokenHash: hashToken(token), now: this.#parts.now() };
      const issueLink: QueryName = 'mail.issue-link';
      const addressee = await this.#parts.database.write<Addressee | null>(issueLink, input, user);
      return addressee ? { kind: 'verify', ...onlyWhom(addressee), token } : { kind: 'none', told: [] };
    },
    test: async (user: UserId): Promise<NextMail> => {
      const query: QueryName = 'mail.addressee';
      const addressee = await this.#parts.database.read<Addressee | undefined>(query, user);
      return addressee?.verified ? { kind: 'test', ...onlyWhom(addressee) } : { kind: 'none', told: [] };
    },
    digest: async (user: UserId): Promise<NextMail> => {
      const { database, presence, now } = this.#parts;
      if (presence.statesOf([user])[0]?.state === 'online') return { kind: 'online' };
      const query: QueryName = 'mail.next-digest';
      const digest = await database.read<NextDigest | null>(query, { user, now: now() });
      if (!digest) return { kind: 'off' };
      if (digest.messages.length === 0) return { kind: 'none', told: digest.told };
      const key = await mailKey(database);
      return { kind: 'digest', unsubscribe: unsubscribeToken(key, user, digest.address), ...digest };
    },
  };
}

const onlyWhom = ({ name, address, language }: Addressee): MailedPerson => ({ name, address, language });
