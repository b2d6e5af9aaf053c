import { limits } from './limits.ts';
import { Nothing, Nullable, Shape, type Static, Timestamp, Type } from './schema.ts';

/**
 * An e-mail address as people have them: letters, digits and the usual signs, at a domain in ASCII (an international one
 * in its `xn--` form). Nothing in it means anything to a mail's header or to SMTP.
 */
export const EmailAddress = Type.String({
  minLength: 3,
  maxLength: limits.emailChars,
  pattern:
    "^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$",
});

const Token = Type.String({ minLength: 20, maxLength: 128, pattern: '^[A-Za-z0-9_-]+$' });
/** Whether this instance sends mail; otherwise what whoever runs it has to set. */
export const MailState = Type.Union([Type.Literal('ready'), Type.Literal('no-server'), Type.Literal('no-public-url')]);
export type MailState = Static<typeof MailState>;

/** Why the last mail did not get through: the mail server refused it for good, or it could not be handed over yet. */
export const MailFailure = Type.Union([Type.Literal('refused'), Type.Literal('no-answer')]);
export type MailFailure = Static<typeof MailFailure>;

/** One’s own e-mail address, which nobody else is told. */
export const OwnEmail = Shape({
  address: Type.String(),
  /** Its owner followed the link that was sent there. Before, nothing but that link is sent. */
  verified: Type.Boolean(),
  /** When the mail server last took a mail for it. */
  sentAt: Nullable(Timestamp),
  failure: Nullable(MailFailure),
});
export type OwnEmail = Static<typeof OwnEmail>;

export const OwnMail = Shape({ state: MailState, email: Nullable(OwnEmail) });
export type OwnMail = Static<typeof OwnMail>;

export const mailCommands = {
  'account.show-email': {
    http: 'GET /account/email',
    params: Nothing,
    result: OwnMail,
    summary: 'One’s own e-mail address, and whether this instance sends mail.',
  },
  'account.set-email': {
    http: 'PUT /account/email',
    params: Shape({
      email: EmailAddress,
      password: Type.String({ minLength: 1, maxLength: limits.passwordChars.max }),
    }),
    result: OwnMail,
    summary: 'Give or change one’s own e-mail address, with one’s password. A link is sent there to confirm it.',
  },
  'account.remove-email': {
    http: 'DELETE /account/email',
    params: Nothing,
    result: Nothing,
    summary: 'Have one’s own e-mail address forgotten.',
  },
  'account.confirm-email': {
    http: 'POST /account/email/confirmation',
    params: Nothing,
    result: Nothing,
    summary: 'Have the link that confirms one’s e-mail address sent again. Earlier links end.',
  },
  'account.test-email': {
    http: 'POST /account/email/test',
    params: Nothing,
    result: Nothing,
    summary: 'Send a mail to oneself now. `account.show-email` tells what came of it.',
  },
  'email.verify': {
    http: 'POST /email/verify',
    params: Shape({ token: Token }),
    result: Shape({ address: Type.String() }),
    summary: 'Confirm an e-mail address with the token of the link that was sent there. Works once, for a day.',
  },
  'email.unsubscribe': {
    http: 'POST /email/unsubscribe',
    params: Shape({ token: Token }),
    result: Nothing,
    summary: 'Have no more mail about messages sent, with the token of a mail’s link instead of a session.',
  },
} as const;
