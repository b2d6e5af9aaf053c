const browsers: readonly [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const systems: readonly [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

/** What a person calls the device behind a user agent; the agent itself when it is not a browser. */
export function deviceName(agent: string): { name: string; kind: 'phone' | 'computer' } {
  const browser = browsers.find(([pattern]) => pattern.test(agent))?.[1];
  const system = systems.find(([pattern]) => pattern.test(agent))?.[1];
  const kind = /iPhone|Mobile/.test(agent) ? 'phone' : 'computer';
  if (browser === undefined) return { name: agent.trim() === '' ? 'Unknown device' : agent, kind };
  return { name: system === undefined ? browser : `${browser} on ${system}`, kind };
}
