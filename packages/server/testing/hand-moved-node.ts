import { InProcessBus } from '@confab/bus/in-process';
import { createTestChat, type TestChat } from '@confab/chat/testing';
import { createEngine, type Engine } from '@confab/engine';
import { FakeTime, fakeRandom } from '@confab/engine/testing';

/** A node in this process, its domain and engine wired as the server does, with time that stands still until moved. */
export class HandMovedNode {
  readonly time: FakeTime;
  readonly domain: TestChat;
  readonly engine: Engine;

  private constructor(time: FakeTime, domain: TestChat, engine: Engine) {
    this.time = time;
    this.domain = domain;
    this.engine = engine;
  }

  static async open(): Promise<HandMovedNode> {
    const time = new FakeTime();
    const { clock, timers } = time;
    const domain = await createTestChat({ time, onPublished: (effects) => engine.publish(effects) });
    const { chat } = domain;
    const report = (_: string, what: string): never => {
      throw new Error(what);
    };
    const bus = new InProcessBus();
    const engine = createEngine({ node: 'node', domain: chat, bus, clock, timers, random: fakeRandom(), report });
    engine.presence.onOffline((user, at) => chat.recordLastSeen(user, at));
    return new HandMovedNode(time, domain, engine);
  }

  close(): Promise<void> {
    return this.domain.close();
  }
}
