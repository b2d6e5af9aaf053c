import type { ThisBrowser } from './use-this-browser.ts';

interface DeviceWords {
  readonly tone: 'good' | 'half' | 'off';
  readonly title: string;
  readonly text: string;
  /** What the button does, if there is one. */
  readonly action: 'turn-on' | 'turn-off' | null;
}

const states = {
  unsupported: {
    tone: 'off',
    title: 'This browser shows no notifications here',
    text: 'Open Confab at its HTTPS address. On an iPhone or iPad, add it to the Home Screen first and open it from there.',
    action: null,
  },
  denied: {
    tone: 'off',
    title: 'Your browser blocks notifications from Confab',
    text: 'You said no before, or someone set it so. Allow notifications for this site in the browser’s settings, then come back.',
    action: null,
  },
  default: {
    tone: 'off',
    title: 'Off on this device',
    text: 'Get told of direct messages and mentions while you do something else. Your browser asks you next.',
    action: 'turn-on',
  },
  push: {
    tone: 'good',
    title: 'On, also when Confab is closed',
    text: 'This device is told by way of your browser’s push service. What is sent is encrypted for this device alone.',
    action: 'turn-off',
  },
  refused: {
    tone: 'half',
    title: 'On while Confab is open',
    text: 'Your browser’s push service did not answer, so nothing reaches you while Confab is closed.',
    action: 'turn-on',
  },
  page: {
    tone: 'half',
    title: 'On while Confab is open',
    text: 'Turn it on for the time when Confab is closed, too.',
    action: 'turn-on',
  },
  'page-only': {
    tone: 'half',
    title: 'On while Confab is open',
    text: 'This browser cannot be reached while Confab is closed.',
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
