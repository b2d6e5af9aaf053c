import { describeBus } from '@confab/engine/testing/bus-contract';
import { expect, it } from 'vitest';
import { InProcessBus } from './in-process-bus.ts';

describeBus('the in-process bus', async () => ({ bus: new InProcessBus(), settle: async () => {} }));

it('the in-process bus delivers nothing after it was closed', async () => {
  const bus = new InProcessBus();
  let seen = 0;
  bus.subscribe(() => {
    seen += 1;
  });
  const message = { kind: 'ephemeral', ephemeral: { topic: 't', key: 'k', json: '{}' } } as const;
  bus.publish(message);
  await bus.close();
  bus.publish(message);
  expect(seen).toBe(1);
});
