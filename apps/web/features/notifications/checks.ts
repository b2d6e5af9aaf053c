import type { OwnMail, Settings } from '@confab/protocol';
import { isQuiet } from '@confab/protocol/quiet-hours.ts';
import { type Sentence, sentence, t } from '../../language/sentences.ts';
import { emailWords, notSetUp } from '../mail/mail-words.ts';
import type { Permission } from './permission.ts';
import type { PushState } from './this-browser.ts';

/** `ok`: works. `note`: works, but not always. `blocked`: nothing gets through here. */
type CheckState = 'ok' | 'note' | 'blocked';

export interface Check {
  readonly what: string;
  readonly state: CheckState;
  readonly text: string;
}

/** What the checks look at. */
export interface CheckedFacts {
  readonly secure: boolean;
  readonly permission: Permission;
  readonly push: PushState;
  readonly settings: Settings;
  readonly mail: OwnMail;
  /** Rooms that one muted or set to nothing. */
  readonly silentRooms: number;
  readonly now: number;
}

interface Words {
  readonly state: CheckState;
  readonly text: string;
}

const ok = (text: string): Words => ({ state: 'ok', text });
const note = (text: string): Words => ({ state: 'note', text });
const blocked = (text: string): Words => ({ state: 'blocked', text });

function browserOf({ secure, permission }: CheckedFacts): Words {
  if (permission !== 'unsupported') return ok(t('It can show notifications.'));
  if (!secure)
    return blocked(t('Browsers show notifications for HTTPS addresses only. Open Confab at its HTTPS address.'));
  return blocked(t('It shows none here. On an iPhone or iPad, add Confab to the Home Screen and open it from there.'));
}

function permissionOf({ permission }: CheckedFacts): Words {
  if (permission === 'granted') return ok(t('You allowed Confab to notify you.'));
  if (permission === 'denied') {
    return blocked(t('Notifications from this site are blocked. Allow them in the browser’s settings for this site.'));
  }
  return blocked(t('You were not asked yet. Turn notifications on in your settings.'));
}

const workerWords = () => ({
  insecure: blocked(t('It needs an HTTPS address. Notifications come only while Confab is open.')),
  'no-push': note(t('This browser does not offer it. Notifications come only while Confab is open.')),
  'no-worker': note(t('It is not running, perhaps in a private window. Notifications come only while Confab is open.')),
});

function workerOf({ push }: CheckedFacts): Words {
  return push.status === 'impossible'
    ? workerWords()[push.why]
    : ok(t('It runs, and can wake up while Confab is closed.'));
}

const failureWords = {
  'not-allowed': sentence('This server may not reach its address. Whoever runs Confab here can allow it.'),
  refused: sentence('It refused what was sent last. Turn notifications off and on again on this device.'),
  'no-answer': sentence('It did not answer the last time. Confab tries again by itself.'),
} as const;

function pushOf({ push }: CheckedFacts): Words {
  if (push.status === 'impossible')
    return note(t('Not used, because the part that runs in the background is missing.'));
  if (push.status === 'off')
    return note(t('This device is not signed up. Notifications come only while Confab is open.'));
  const { failure } = push;
  if (failure === null)
    return ok(push.sentAt === null ? t('This device is signed up.') : t('It took what was sent last.'));
  return blocked(t(failureWords[failure as keyof typeof failureWords]));
}

function quietOf({ settings: { doNotDisturb }, now }: CheckedFacts): Words {
  if (isQuiet(doNotDisturb, now)) return blocked(t('You do not want to be disturbed now, so nothing rings.'));
  return ok(doNotDisturb.schedule === null ? t('There are none.') : t('Not now. In your quiet hours nothing rings.'));
}

function wantedOf({ settings: { notifyDirects, notifyChannels } }: CheckedFacts): Words {
  if (notifyDirects === 'none' && notifyChannels === 'none') return blocked(t('You chose to be told of nothing.'));
  if (notifyDirects === 'none') return note(t('Direct messages and groups do not ring.'));
  if (notifyChannels === 'none') return note(t('Channels do not ring, not even when somebody mentions you.'));
  return ok(t('Direct messages and mentions ring.'));
}

function roomsOf({ silentRooms }: CheckedFacts): Words {
  if (silentRooms === 0) return ok(t('You muted none.'));
  return note(
    t('{count, plural, =1 {One room is muted and never rings.} other {# rooms are muted and never ring.}}', {
      count: silentRooms,
    }),
  );
}

function mailOf({ mail: { state, email }, settings }: CheckedFacts): Words {
  if (state !== 'ready') return note(t(notSetUp[state]));
  if (email === null)
    return note(t('You gave no address. Add one in your settings to get mail about what you missed.'));
  if (email.failure !== null) return blocked(emailWords(email));
  if (!email.verified) return note(t('Your address is not confirmed. {whatToDo}', { whatToDo: emailWords(email) }));
  if (settings.mailDigest === 'never') return note(t('You chose to get no mail about messages.'));
  return ok(t('Mails about what you missed go to your address, while you are away.'));
}

const soundOf = ({ settings }: CheckedFacts): Words =>
  settings.notifySound === 'on' ? ok(t('It is on.')) : note(t('It is off: notifications come without one.'));

/** From the device outwards to what one chose, the order in which a notification can get stuck. */
const table: readonly (readonly [Sentence, (facts: CheckedFacts) => Words])[] = [
  [sentence('This browser'), browserOf],
  [sentence('Your permission'), permissionOf],
  [sentence('In the background'), workerOf],
  [sentence('Your browser’s push service'), pushOf],
  [sentence('Quiet hours'), quietOf],
  [sentence('What you want to be told of'), wantedOf],
  [sentence('Muted rooms'), roomsOf],
  [sentence('Sound'), soundOf],
  [sentence('E-mail'), mailOf],
];

export const checksOf = (facts: CheckedFacts): Check[] =>
  table.map(([what, words]) => ({ what: t(what), ...words(facts) }));
