import { toWireError } from '@confab/protocol/errors.ts';
import { initialSettings } from '@confab/protocol/initial-settings.ts';
import { describe, expect, it } from 'vitest';
import { onlineDevice } from '../testing/device.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { settled } from '../testing/fake-time.ts';

async function twoDevices() {
  const server = new FakeServer();
  const ada = server.addPerson('ada');
  const { confab: phone } = await onlineDevice(server, ada);
  const { confab: laptop } = await onlineDevice(server, ada);
  return { phone, laptop, server, ada };
}

describe('settings', () => {
  it('show at once where they are changed, and on one’s other devices when they are told', async () => {
    const { phone, laptop } = await twoDevices();
    expect(phone.settings.state.get()).toEqual(initialSettings);
    const done = phone.settings.set({ theme: 'dark' });
    expect(phone.settings.state.get().theme).toBe('dark');
    await done;
    await settled();
    expect(phone.settings.state.get().theme).toBe('dark');
    expect(laptop.settings.state.get()).toEqual({ ...initialSettings, theme: 'dark' });
  });

  it('go back to what they were when the change is refused', async () => {
    const { phone, server } = await twoDevices();
    server.refusals.push({ command: 'account.set-settings', error: toWireError('forbidden') });
    await expect(phone.settings.set({ density: 'compact' })).rejects.toThrow();
    expect(phone.settings.state.get()).toEqual(initialSettings);
  });

  it('are those of whoever is signed in', async () => {
    const { phone, server, ada } = await twoDevices();
    await phone.settings.set({ textSize: 'large' });
    server.addPerson('ben');
    await phone.account.signOut();
    await settled();
    expect(phone.settings.state.get()).toEqual(initialSettings);
    await phone.account.signIn({ handle: ada, password: 'any' });
    expect(phone.settings.state.get().textSize).toBe('large');
  });
});
