import type { Chat } from '@confab/chat';
import { personOf, type TestPerson, testPassword, type WorldHost } from '@confab/chat/testing';
import type { Role, SignedIn, SpaceId } from '@confab/protocol';
import { type OpenServer, openServer } from './open-server.ts';

const roomy = { perSecond: 1e9, burst: 1e9 };

/** A started server as a place for people who come and act over HTTP. */
export class ServedWorld implements WorldHost {
  readonly server: OpenServer;
  /** For what whoever runs the instance does. */
  readonly chat: Chat;
  readonly #invites = new Map<Role, string>();
  #owner: TestPerson | null = null;
  #space = '' as SpaceId;

  private constructor(server: OpenServer, chat: Chat) {
    this.server = server;
    this.chat = chat;
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
    const server = await openServer({}, { chatLimits: { rates }, onChat });
    if (!chat) throw new Error('The server gave no domain.');
    return new ServedWorld(server, chat);
  }

  async found(): Promise<{ owner: TestPerson; space: SpaceId }> {
    const form = { handle: 'founder', name: 'Founder', password: testPassword, space: 'Team' } as const;
    const owner = personFrom(await this.server.ask('account.set-up', { ...form, deliver: 'token' }));
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
    const person = personFrom(await this.server.ask('account.sign-up', form));
    const about = { space: this.#space, user: person.user };
    if (role === 'owner') await this.do(this.#owner, 'space.set-role', { ...about, role });
    if (!membership) await this.do(this.#owner, 'space.remove-member', about);
    return person;
  }

  async addSession({ handle }: TestPerson): Promise<TestPerson> {
    return personFrom(await this.server.ask('account.sign-in', { handle, password: testPassword, deliver: 'token' }));
  }

  do: WorldHost['do'] = (who, name, params) => this.server.ask(name, params, who?.token);

  close(): Promise<void> {
    return this.server.close();
  }
}

const personFrom = (signedIn: SignedIn): TestPerson => personOf(signedIn, signedIn.token ?? '');
