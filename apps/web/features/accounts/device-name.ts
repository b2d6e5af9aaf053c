import { t } from '../../language/sentences.ts';

/** By what they are called in every language; the first that fits is it. */
const browsers: Readonly<Record<string, RegExp>> = {
  Edge: /Edg\//,
  Opera: /OPR\//,
  Firefox: /Firefox\/|FxiOS\//,
  Chrome: /Chrome\/|CriOS\//,
  Safari: /Safari\//,
};

const systems: Readonly<Record<string, RegExp>> = {
  iPhone: /iPhone/,
  iPad: /iPad/,
  Android: /Android/,
  Windows: /Windows/,
  Mac: /Mac OS X|Macintosh/,
  ChromeOS: /CrOS/,
  Linux: /Linux/,
};

const nameIn = (table: Readonly<Record<string, RegExp>>, agent: string) =>
  Object.entries(table).find(([, pattern]) => pattern.test(agent))?.[0];

/** What a person calls the device behind a user agent; the agent itself when it is not a browser. */
export function deviceName(agent: string): { name: string; kind: 'phone' | 'computer' } {
  const browser = nameIn(browsers, agent);
  const system = nameIn(systems, agent);
  const kind = /iPhone|Mobile/.test(agent) ? 'phone' : 'computer';
  if (browser === undefined) return { name: agent.trim() === '' ? t('Unknown device') : agent, kind };
  return { name: system === undefined ? browser : t('{browser} on {system}', { browser, system }), kind };
}
