import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemPorts } from './system-ports.ts';

afterEach(() => vi.unstubAllGlobals());

/** What a page has that Node has not. */
function stubPage() {
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const shown = new EventTarget();
  vi.stubGlobal('document', page);
  vi.stubGlobal('location', { origin: 'https://chat.test' });
  vi.stubGlobal('addEventListener', shown.addEventListener.bind(shown));
  return { page, shown };
}

describe('the ports of a page', () => {
  it('know the page’s origin and that its session is in a cookie', () => {
    stubPage();
    expect(systemPorts().environment).toMatchObject({ cookies: true, origin: 'https://chat.test' });
  });

  it('[H6] tell when the device comes online and when the page is shown, not when it is hidden', () => {
    const { page, shown } = stubPage();
    const woke = vi.fn();
    const stop = systemPorts().environment.onWake(woke);
    shown.dispatchEvent(new Event('online'));
    shown.dispatchEvent(new Event('pageshow'));
    page.dispatchEvent(new Event('visibilitychange'));
    expect(woke).toHaveBeenCalledTimes(3);
    page.visibilityState = 'hidden';
    page.dispatchEvent(new Event('visibilitychange'));
    stop();
    shown.dispatchEvent(new Event('online'));
    expect(woke).toHaveBeenCalledTimes(3);
  });

  it('give a lock to one tab at a time, in the order of asking', async () => {
    stubPage();
    const [one, two, three] = [systemPorts().tabs, systemPorts().tabs, systemPorts().tabs];
    const held: number[] = [];
    const release = one.lock('test', () => held.push(1));
    await vi.waitFor(() => expect(held).toEqual([1]));
    const giveUp = two.lock('test', () => held.push(2));
    const releaseThree = three.lock('test', () => held.push(3));
    giveUp();
    release();
    await vi.waitFor(() => expect(held).toEqual([1, 3]));
    releaseThree();
  });

  it('carry messages to the other tabs and not back', async () => {
    stubPage();
    const heard: string[] = [];
    const { tabs } = systemPorts();
    const one = tabs.channel('test', (message) => heard.push(`one ${message}`));
    const two = tabs.channel('test', (message) => heard.push(`two ${message}`));
    one.post('hello');
    await vi.waitFor(() => expect(heard).toEqual(['two hello']));
    one.close();
    two.close();
  });
});

describe('the ports of a program', () => {
  it('have one tab, no cookie and real time', async () => {
    const ports = systemPorts();
    expect(ports.environment).toMatchObject({ cookies: false, origin: '' });
    const held = vi.fn();
    ports.tabs.lock('test', held);
    expect(held).toHaveBeenCalledOnce();
    expect(ports.random.bytes(8)).toHaveLength(8);
    await new Promise<void>((resolve) => ports.after(0, resolve));
    const cancelled = vi.fn();
    ports.after(0, cancelled)();
    await new Promise<void>((resolve) => ports.after(1, resolve));
    expect(cancelled).not.toHaveBeenCalled();
  });
});
