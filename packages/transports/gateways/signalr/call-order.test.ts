import { expect, test } from 'vitest';
import type { Outcome } from '../../session/index.ts';
import { CallOrder } from './call-order.ts';

function recorded() {
  const begun: string[] = [];
  const finish = new Map<string, (outcome: Outcome<string>) => void>();
  const call = (name: string) => () => {
    begun.push(name);
    return new Promise<Outcome<string>>((resolve) => void finish.set(name, resolve));
  };
  return { begun, finish, call };
}

test('calls run side by side, but for those after one that holds them up; these keep their order', async () => {
  const { begun, finish, call } = recorded();
  const order = new CallOrder(10);
  void order.run(call('send 1'), false);
  void order.run(call('join'), true);
  const answers = ['send 2', 'send 3'].map((name) => order.run(call(name), false));
  expect(begun).toEqual(['send 1', 'join']);
  finish.get('join')?.({ result: 'joined' });
  await new Promise((resolve) => setImmediate(resolve));
  void order.run(call('send 4'), false);
  expect(begun).toEqual(['send 1', 'join', 'send 2', 'send 3', 'send 4']);
  finish.get('send 2')?.({ result: 'sent' });
  expect(await answers[0]).toEqual({ result: 'sent' });
});

test('one that holds others up waits itself for one before it, and holds them up even if that failed', async () => {
  const { begun, finish, call } = recorded();
  const order = new CallOrder(10);
  const failing = order.run(() => Promise.reject(new Error('a bug')), true);
  void order.run(call('join'), true);
  void order.run(call('send'), false);
  await expect(failing).rejects.toThrow('a bug');
  await new Promise((resolve) => setImmediate(resolve));
  expect(begun).toEqual(['join']);
  finish.get('join')?.({ result: 'joined' });
  await new Promise((resolve) => setImmediate(resolve));
  expect(begun).toEqual(['join', 'send']);
});

test('only so many wait', async () => {
  const { begun, finish, call } = recorded();
  const order = new CallOrder(1);
  void order.run(call('join'), true);
  void order.run(call('send 1'), false);
  expect(order.run(call('send 2'), false)).toMatchObject({ error: { code: 'too-many-in-flight' } });
  finish.get('join')?.({ result: 'joined' });
  await new Promise((resolve) => setImmediate(resolve));
  expect(begun).toEqual(['join', 'send 1']);
});
