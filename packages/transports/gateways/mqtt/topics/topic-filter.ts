import type { MqttLimits } from '../limits.ts';

/** Whether a topic name or filter is within the bounds. */
export function fitsTopicLimits(topic: string, limits: MqttLimits): boolean {
  return Buffer.byteLength(topic) <= limits.topicBytes && topic.split('/').length <= limits.topicLevels;
}

/** Whether the wildcards of a filter stand where they may (MQTT 5.0, section 4.7.1). */
export function isTopicFilter(filter: string): boolean {
  if (filter === '') return false;
  const levels = filter.split('/');
  return levels.every((level, index) => {
    if (level.includes('#')) return level === '#' && index === levels.length - 1;
    return !level.includes('+') || level === '+';
  });
}

/** Whether a topic name is among those that a filter means. */
export function filterMatches(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const levels = topic.split('/');
  // Wildcards at the beginning do not mean topics that begin with a dollar sign (section 4.7.2).
  if (topic.startsWith('$') && (wanted[0] === '+' || wanted[0] === '#')) return false;
  for (const [index, level] of wanted.entries()) {
    if (level === '#') return levels.length >= index;
    if (level !== '+' && level !== levels[index]) return false;
    if (levels[index] === undefined) return false;
  }
  return levels.length === wanted.length;
}
