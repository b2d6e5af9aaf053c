import { type Sentence, sentence } from '../../language/sentences.ts';
import type { ThisBrowser } from './use-this-browser.ts';

interface DeviceWords {
  readonly tone: 'good' | 'half' | 'off';
  readonly title: Sentence;
  readonly text: Sentence;
  /** What the button does, if there is one. */
  readonly action: 'turn-on' | 'turn-off' | null;
}

const states = {
  unsupported: {
    tone: 'off',
    title: sentence('This browser shows no notifications here'),
    text: sentence(
      'Open Confab at its HTTPS address. On an iPhone or iPad, add it to the Home Screen first and open it from there.',
    ),
    action: null,
  },
  denied: {
    tone: 'off',
    title: sentence('Your browser blocks notifications from Confab'),
    text: sentence(
      'You said no before, or someone set it so. Allow notifications for this site in the browser’s settings, then come back.',
    ),
    action: null,
  },
  default: {
    tone: 'off',
    title: sentence('Off on this device'),
    text: sentence('Get told of direct messages and mentions while you do something else. Your browser asks you next.'),
    action: 'turn-on',
  },
  push: {
    tone: 'good',
    title: sentence('On, also when Confab is closed'),
    text: sentence(
      'This device is told by way of your browser’s push service. What is sent is encrypted for this device alone.',
    ),
    action: 'turn-off',
  },
  refused: {
    tone: 'half',
    title: sentence('On while Confab is open'),
    text: sentence('Your browser’s push service did not answer, so nothing reaches you while Confab is closed.'),
    action: 'turn-on',
  },
  page: {
    tone: 'half',
    title: sentence('On while Confab is open'),
    text: sentence('Turn it on for the time when Confab is closed, too.'),
    action: 'turn-on',
  },
  'page-only': {
    tone: 'half',
    title: sentence('On while Confab is open'),
    text: sentence('This browser cannot be reached while Confab is closed.'),
    action: null,
  },
} as const satisfies Record<string, DeviceWords>;

/** How it stands with this device, in words. */
export function deviceWords({ permission, push, refusedByService }: ThisBrowser): DeviceWords {
  if (permission !== 'granted') return states[permission];
  if (push?.status === 'on') return states.push;
  if (push?.status === 'impossible') return states['page-only'];
  return refusedByService ? states.refused : states.page;
}
