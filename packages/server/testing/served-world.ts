import { InProcessBus } from '@confab/bus/in-process';
import { type Chat, migrations } from '@confab/chat';
import { scripts } from '@confab/chat/scripts';
import { personOf, type TestPerson, testOrigin, testPassword, type WorldHost } from '@confab/chat/testing';
import type { Role, SignedIn, SpaceId } from '@confab/protocol';
import type { Database } from '@confab/storage';
import { openSqliteInline } from '@confab/storage/sqlite';
import { type OpenServer, openServer } from './open-server.ts';

const roomy = { perSecond: 1e9, burst: 1e9 };

/** A started server as a place for people whose doings before the question go straight to its domain. */
export class ServedWorld implements WorldHost {
  readonly server: OpenServer;
  /** For what whoever runs the instance does. */
  readonly chat: Chat;
  readonly #letGo: () => Promise<void>;
  readonly #invites = new Map<Role, string>();
  #owner: TestPerson | null = null;
  #space = '' as SpaceId;

  private constructor(server: OpenServer, chat: Chat, letGo: () => Promise<void>) {
    this.server = server;
    this.chat = chat;
    this.#letGo = letGo;
  }

  get nowMs(): number {
    return Date.now();
  }

  static async open(): Promise<ServedWorld> {
    let chat: Chat | undefined;
    const rates = { read: roomy, write: roomy, post: roomy, visit: roomy, 'sign-in': roomy, 'sign-up': roomy };
    const onChat = (given: Chat): void => {
      chat = given;
    };
    // Without the threads that a database in a file has: to reach them takes longer than what is asked there.
    const database: Database = await openSqliteInline({ file: ':memory:', scripts, migrations });
    const bus = new InProcessBus();
    const extras = { chatLimits: { rates }, onChat, shared: { database, bus } };
    const server = await openServer({ nodeHost: '127.0.0.1' }, extras);
    if (!chat) throw new Error('The server gave no domain.');
    return new ServedWorld(server, chat, async () => {
      await bus.close();
      await database.close();
    });
  }

  async found(): Promise<{ owner: TestPerson; space: SpaceId }> {
    const form = { handle: 'founder', name: 'Founder', password: testPassword, space: 'Team' } as const;
    const owner = personFrom(await this.do(null, 'account.set-up', { ...form, deliver: 'token' }));
    const [space] = (await this.do(owner, 'account.home', {})).spaces;
    if (!space) throw new Error('The set-up made no space.');
    for (const role of ['admin', 'moderator', 'member', 'guest'] as const) {
      this.#invites.set(role, (await this.do(owner, 'invite.create', { space: space.id, role })).token);
    }
    this.#owner = owner;
    this.#space = space.id;
    return { owner, space: space.id };
  }

  /** Nobody makes an account without an invitation: a person of no space comes by one, and leaves that space again. */
  async addPerson(handle: string, membership?: { space: SpaceId; role: Role }): Promise<TestPerson> {
    const role = membership?.role ?? 'guest';
    const invite = this.#invites.get(role === 'owner' ? 'admin' : role) ?? '';
    const form = { handle, name: handle, password: testPassword, invite, deliver: 'token' } as const;
    const person = personFrom(await this.do(null, 'account.sign-up', form));
    const about = { space: this.#space, user: person.user };
    if (role === 'owner') await this.do(this.#owner, 'space.set-role', { ...about, role });
    if (!membership) await this.do(this.#owner, 'space.remove-member', about);
    return person;
  }

  async addSession({ handle }: TestPerson): Promise<TestPerson> {
    return personFrom(await this.do(null, 'account.sign-in', { handle, password: testPassword, deliver: 'token' }));
  }

  do: WorldHost['do'] = async (who, name, params) => {
    const outcome = await this.chat.execute(who?.actor ?? null, name, params, undefined, testOrigin);
    if ('error' in outcome) throw new Error(`${name}: ${outcome.error.code}`);
    return outcome.result as never;
  };

  async close(): Promise<void> {
    await this.server.close();
    await this.#letGo();
  }
}

const personFrom = (signedIn: SignedIn): TestPerson => personOf(signedIn, signedIn.token ?? '');
