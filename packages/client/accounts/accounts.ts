import type {
  CommandName,
  Home,
  InstanceView,
  LoggedEvent,
  Params,
  Result,
  SessionId,
  SessionView,
  Status,
  UserId,
} from '@confab/protocol';
import type { AccountApi, AccountState } from '../api.ts';
import { ConfabError, wireOf } from '../confab-error.ts';
import { Backoff } from '../connection/backoff.ts';
import { HttpCaller } from '../connection/http.ts';
import { detectWake } from '../connection/wake-detector.ts';
import type { Shelf } from '../offline/shelf.ts';
import { setOwnPicture } from '../pictures/set-picture.ts';
import type { ClientPorts } from '../ports.ts';
import { Cell } from '../store.ts';

/** How commands reach the server; `callHttp`: what sets or clears the session's cookie. */
interface AccountAsker {
  call: HttpCaller['call'];
  callHttp: HttpCaller['call'];
}

/** The rest of a client. */
export interface AccountHandlers {
  /** It is known who is signed in. Told before anyone who watches the state hears of it. */
  recognised(user: UserId): void;
  /** Signed in: everything a screen needs first. Told again when it was read anew. */
  entered(home: Home): void;
  /** Nobody is signed in, or somebody else will be: nothing of the last person may be seen. */
  left(): void;
}

type Entrance = 'account.set-up' | 'account.sign-up' | 'account.sign-in';

const signedOutCodes: ReadonlySet<string> = new Set([
  'unauthenticated',
  'session-expired',
  'session-revoked',
  'account-disabled',
]);

/** Who is signed in, found out over HTTP and tried again until the server answers. */
export class Accounts implements AccountApi {
  readonly state = new Cell<AccountState>({ status: 'unknown' });
  readonly #ports: ClientPorts;
  readonly #http: HttpCaller;
  #asker: AccountAsker;
  #handlers: AccountHandlers | null = null;
  /** What was read before there was somebody to give it to. */
  #home: Home | null = null;
  readonly #backoff: Backoff;
  /** What is shown while the server cannot be had; `null` where nothing is kept. */
  readonly shelf: Shelf | null;
  readonly #channelName: string;
  #channel: { post(message: unknown): void; close(): void } | null = null;
  #token: string | null;
  /** Raised when answers on their way no longer count. */
  #generation = 0;
  #stopTrying = () => {};

  constructor(ports: ClientPorts, server: string, token: string | null) {
    this.#ports = ports;
    this.#token = token;
    this.shelf = ports.shelf?.(server) ?? null;
    this.#http = new HttpCaller(ports, server, () => this.#token);
    this.#asker = {
      call: (name, params) => this.#http.call(name, params),
      callHttp: (name, params) => this.#http.call(name, params),
    };
    this.#backoff = new Backoff(ports.random.fraction);
    this.#channelName = `confab-account ${server}`;
  }

  /** Requests with this session. */
  get http(): HttpCaller {
    return this.#http;
  }

  /** The session's token where there is no cookie. */
  get token(): string | null {
    return this.#token;
  }

  get me(): UserId | null {
    const state = this.state.get();
    return state.status === 'signed-in' ? state.me.id : null;
  }

  /** From now on commands go through `asker`, and `handlers` hear who is signed in: at once if somebody is already. */
  join(asker: AccountAsker, handlers: AccountHandlers): void {
    this.#asker = asker;
    this.#handlers = handlers;
    const home = this.#home;
    this.#home = null;
    if (home === null || this.me !== home.me.id) return;
    handlers.recognised(home.me.id);
    handlers.entered(home);
  }

  start(): void {
    if (this.#channel !== null) return;
    // Tabs share the cookie, so that what one does about it concerns all.
    this.#channel = this.#ports.tabs.channel(this.#channelName, () => this.load());
    this.load();
  }

  /** Finds out who is signed in and what they have; goes on until there is an answer. */
  load(): void {
    this.#stopTrying();
    this.#generation += 1;
    void this.#load(this.#generation);
  }

  stop(): void {
    this.#generation += 1;
    this.#stopTrying();
    this.#channel?.close();
    this.#channel = null;
  }

  /** The server ended the session. */
  ended(): void {
    this.#token = null;
    void this.shelf?.clear();
    this.#leave();
    this.load();
  }

  setUp(input: Omit<Params<'account.set-up'>, 'deliver'>): Promise<Result<'account.set-up'>> {
    return this.#enter('account.set-up', input);
  }

  signUp(input: Omit<Params<'account.sign-up'>, 'deliver'>): Promise<Result<'account.sign-up'>> {
    return this.#enter('account.sign-up', input);
  }

  signIn(input: Omit<Params<'account.sign-in'>, 'deliver'>): Promise<Result<'account.sign-in'>> {
    return this.#enter('account.sign-in', input);
  }

  async signOut(): Promise<void> {
    try {
      await this.#asker.callHttp('account.sign-out', {});
    } catch (error) {
      // Whoever is not signed in any more is out.
      if (!signedOutCodes.has(wireOf(error)?.code ?? '')) throw error;
    }
    this.#channel?.post('changed');
    this.ended();
  }

  async rename(name: string): Promise<void> {
    this.#show(await this.#asker.call('account.rename', { name }));
  }

  async setPicture(picture: Blob | null): Promise<void> {
    this.#show(await setOwnPicture(this.#asker, picture));
  }

  async setStatus(status: Status): Promise<void> {
    this.#show(await this.#asker.call('account.set-status', status));
  }

  async changePassword(current: string, next: string): Promise<void> {
    await this.#asker.call('account.change-password', { current, next });
  }

  async listSessions(): Promise<SessionView[]> {
    return (await this.#asker.call('session.list', {})).sessions;
  }

  async revokeSession(session: SessionId): Promise<void> {
    await this.#asker.call('session.revoke', { session });
  }

  apply(event: LoggedEvent): void {
    if (event.event === 'inbox.profile-changed') this.#show(event.data.me);
  }

  #show(me: Home['me']): void {
    const state = this.state.get();
    if (state.status === 'signed-in' && state.me.id === me.id) this.state.set({ ...state, me });
  }

  async #enter<Name extends Entrance>(name: Name, input: Omit<Params<Name>, 'deliver'>): Promise<Result<Name>> {
    const deliver = this.#ports.environment.cookies ? 'cookie' : 'token';
    const result = await this.#asker.callHttp(name as CommandName, { ...input, deliver } as Params<CommandName>);
    const signedIn = result as Result<'account.sign-in'>;
    if (signedIn.token !== undefined) this.#token = signedIn.token;
    this.#channel?.post('changed');
    this.#stopTrying();
    this.#generation += 1;
    await this.#load(this.#generation);
    return result as Result<Name>;
  }

  async #load(generation: number): Promise<void> {
    // What was asked before the device slept may never be answered.
    const stopDetecting = detectWake(this.#ports, () => generation === this.#generation && this.load());
    try {
      const home = await this.#asker.callHttp('account.home', {});
      if (generation !== this.#generation) return;
      this.#backoff.forget();
      void this.shelf?.keepHome(home);
      this.#entered(home);
    } catch (error) {
      if (generation !== this.#generation) return;
      if (signedOutCodes.has(wireOf(error)?.code ?? '')) await this.#showInstance(generation);
      else await this.#unreachable(generation, error);
    } finally {
      stopDetecting();
    }
  }

  #entered(home: Home): void {
    if (this.me !== null && this.me !== home.me.id) this.#handlers?.left();
    this.#handlers?.recognised(home.me.id);
    // Whoever joins when the state changes finds it here.
    if (this.#handlers === null) this.#home = home;
    const joined = this.#handlers;
    this.state.set({ status: 'signed-in', me: home.me, session: home.session, instance: home.instance });
    joined?.entered(home);
  }

  async #showInstance(generation: number): Promise<void> {
    void this.shelf?.clear();
    this.#leave();
    try {
      const instance: InstanceView = await this.#asker.callHttp('instance.show', {});
      if (generation !== this.#generation) return;
      this.#backoff.forget();
      this.state.set({ status: 'signed-out', instance });
    } catch (error) {
      if (generation === this.#generation) await this.#unreachable(generation, error);
    }
  }

  #leave(): void {
    const state = this.state.get();
    if (state.status !== 'signed-in') return;
    this.#home = null;
    this.state.set({ status: 'signed-out', instance: state.instance });
    this.#handlers?.left();
  }

  /** What is known already stays on screen, or what was kept is shown; otherwise says that the server cannot be had. */
  async #unreachable(generation: number, error: unknown): Promise<void> {
    const isNew = () => ['unknown', 'unreachable'].includes(this.state.get().status);
    const kept = isNew() && wireOf(error) === null ? await this.shelf?.home() : null;
    if (generation !== this.#generation) return;
    if (kept && isNew()) this.#entered(kept);
    else if (isNew()) {
      this.state.set({ status: 'unreachable', error: error instanceof ConfabError ? error.wire : null });
    }
    const again = () => {
      this.#stopTrying();
      if (generation === this.#generation) void this.#load(generation);
    };
    const cancel = this.#ports.after(this.#backoff.next().delayMs, again);
    const stopDetecting = detectWake(this.#ports, again);
    this.#stopTrying = () => {
      this.#stopTrying = () => {};
      cancel();
      stopDetecting();
    };
  }
}
