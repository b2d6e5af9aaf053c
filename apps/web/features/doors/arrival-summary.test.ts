import { expect, test } from 'vitest';
import { arrivalSummary } from './arrival-summary.ts';
import type { WatchFigures } from './use-watches.ts';

const door = (name: string, heard: string | null, ms: number, state: WatchFigures['state'] = 'open') => ({
  name,
  figures: { state, heard, arrivals: [ms], requests: 1, chars: 1 },
});

test('nothing is said before a message was sent, or while an open door has not told it', () => {
  expect(arrivalSummary(null, [door('WebSocket', 'a', 4)])).toBeNull();
  expect(arrivalSummary('b', [door('WebSocket', 'b', 4), door('Polling', 'a', 500)])).toBeNull();
  expect(arrivalSummary('b', [door('WebSocket', null, 4, 'failed')])).toBeNull();
});

test('the first and the last door are named once all have told the message', () => {
  const doors = [door('Polling', 'a', 712.4), door('WebSocket', 'a', 4), door('SignalR', 'a', 12)];
  expect(arrivalSummary('a', doors)).toBe(
    'Arrived through all 3 doors: WebSocket first, after 4.0 ms; Polling last, after 712 ms.',
  );
});

test('doors that are not open are not waited for, and not counted', () => {
  const doors = [door('WebSocket', 'a', 4), door('Polling', 'a', 40), door('SignalR', null, 0, 'failed')];
  expect(arrivalSummary('a', doors)).toContain('through 2 of 3 doors');
});
