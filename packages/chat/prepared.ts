import type { CommandName, InstanceView, InviteView, MailState, Result, UserId, WebhookView } from '@confab/protocol';
import type { FileQuotas, SettledFile } from './files/index.ts';

/** A new session as its operation stores it: the token itself never leaves the main thread. */
export interface NewSession {
  readonly tokenHash: string;
  readonly agent: string;
}

export type InstanceFacts = Omit<InstanceView, 'setUp'>;

/**
 * What the main thread prepares before an operation's transaction: slow hashing, randomness, settings. One row per
 * operation that needs it; `preparations.ts` makes it.
 */
export interface PreparedInputs {
  'instance.show': { readonly instance: InstanceFacts };
  'account.home': { readonly instance: InstanceFacts };
  /** Only where the text may call those who are here. */
  'message.post': { readonly online: readonly UserId[] | null };
  'account.set-up': { readonly passwordHash: string; readonly session: NewSession };
  'account.sign-up': { readonly passwordHash: string; readonly session: NewSession };
  'account.sign-in': { readonly user: UserId; readonly verifiedHash: string; readonly session: NewSession };
  'account.change-password': { readonly verifiedHash: string; readonly nextHash: string };
  'invite.create': { readonly tokenHash: string; readonly hint: string };
  'account.show-email': { readonly mail: MailState };
  'account.set-email': { readonly mail: MailState };
  'account.confirm-email': { readonly mail: MailState };
  'account.test-email': { readonly mail: MailState };
  'email.unsubscribe': { readonly key: string };
  'file.begin': FileQuotas & { readonly fileBytes: number; readonly hasRoom: boolean };
  /** `null`: it was looked at before. */
  'file.complete': { readonly settled: SettledFile | null };
  'file.address': { readonly key: string };
  'push.list': { readonly publicKey: string };
  'webhook.create': { readonly tokenHash: string; readonly hint: string };
}

export interface LastSeen {
  readonly user: UserId;
  readonly lastSeenAt: number | null;
}

/** What an operation answers where the main thread completes it: with a secret told once, or with who is online. */
export interface Unfinished {
  'invite.create': { readonly invite: InviteView };
  'webhook.create': { readonly webhook: WebhookView };
  'presence.show': { readonly seen: readonly LastSeen[] };
  'presence.watch': { readonly seen: readonly LastSeen[] };
}

export type PreparedFor<Name extends CommandName> = Name extends keyof PreparedInputs
  ? PreparedInputs[Name]
  : undefined;
export type ScriptResult<Name extends CommandName> = Name extends keyof Unfinished ? Unfinished[Name] : Result<Name>;
