import { expect, test } from 'vitest';
import { emojiOnly } from './emoji-only.ts';

test.each(['🎉', '👍🏽', '👩‍🚀 🚀', '🇫🇮🇯🇵', '❤️', '1️⃣', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'])('%s alone is drawn large', (text) => {
  expect(emojiOnly(text)).toBe('largeEmoji');
});

test('more of them are drawn less large, and a wall of them like text', () => {
  expect(emojiOnly('🎉'.repeat(4))).toBe('emoji');
  expect(emojiOnly('🎉 '.repeat(24))).toBe('emoji');
  expect(emojiOnly('🎉'.repeat(25))).toBe('text');
  expect(emojiOnly('🎉'.repeat(5_000))).toBe('text');
});

test.each(['', '  ', '12', '#', '🎉 hooray', 'a🎉', '©x'])('“%s” is text', (text) => {
  expect(emojiOnly(text)).toBe('text');
});
