import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { createEngine, type Engine, type EngineLimits, type StoredEvent, type Timers } from '@confab/engine';
import { FakeTime, fakeRandom, MemoryDomain, TestBus, testLog, testUser } from '@confab/engine/testing';
import { type Home, inboxLog, type LogId, type RoomId, type RoomView, type UserId } from '@confab/protocol';
import type { Door, DoorParts } from '../../door.ts';
import { StreamClient } from './stream-client.ts';

export const ownOrigin = 'http://here.example';
export const ada = testUser(1);
export const bob = testUser(2);
/** The id of a room that a number tells apart. */
export const roomId = (number: number): RoomId => testLog(number).slice('room:'.length) as RoomId;

/** A door on a free port, with an engine behind it and people and rooms in memory. Time is moved by hand. */
export class DoorBed {
  readonly time = new FakeTime();
  readonly domain = new MemoryDomain();
  readonly bus = new TestBus();
  readonly reported: string[] = [];
  readonly clients: StreamClient[] = [];
  readonly engine: Engine;
  readonly timers: Timers;
  private readonly server: ReturnType<typeof createServer> | ReturnType<typeof createHttp2Server>;
  private door: Door | null = null;

  private constructor(limits: Partial<EngineLimits>, version: 1 | 2) {
    this.server = version === 1 ? createServer() : createHttp2Server();
    const { clock } = this.time;
    this.timers = { after: this.time.timers.after, endOfTick: (task) => void setImmediate(task) };
    const report = (_level: string, what: string) => void this.reported.push(what);
    const { domain, bus, timers } = this;
    this.engine = createEngine({ node: 'node', domain, bus, clock, timers, random: fakeRandom(), report, limits });
    domain.onExecute = async (actor, command, params) => ({
      result: command === 'account.home' ? this.home(actor.user) : params,
    });
    for (const user of [ada, bob]) domain.addInbox(user);
  }

  static async open(
    make: (parts: DoorParts, bed: DoorBed) => Door,
    limits: Partial<EngineLimits> = {},
    version: 1 | 2 = 1,
  ): Promise<DoorBed> {
    const bed = new DoorBed(limits, version);
    const { engine, server } = bed;
    const door = make(
      {
        reception: engine,
        ask: async () => ({ result: {} }),
        origins: { allows: (origin) => origin === ownOrigin },
        report: (_level, what) => void bed.reported.push(what),
        node: 'thisnode',
        addressOf: ({ socket }) => socket.remoteAddress ?? '',
        credentialsOf: ({ headers }) => ({ token: headers.authorization?.replace('Bearer ', '') ?? null }),
      },
      bed,
    );
    bed.door = door;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      door.handleRequest?.(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return bed;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const client of this.clients) client.cut();
    await this.door?.close();
    if ('closeAllConnections' in this.server) this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Makes a session and answers with its token. */
  signIn(user: UserId): string {
    return this.domain.addSession(user).token;
  }

  addRoom(number: number, ...members: UserId[]): LogId {
    const log = testLog(number);
    this.domain.addLog(log, ...members);
    return log;
  }

  /** Stores an event of a room and brings it. */
  post(room: number, text: string): void {
    this.bus.publish({ kind: 'event', event: this.domain.append(testLog(room), { text }) });
  }

  /** Puts someone into a room, as their inbox tells it. */
  addTo(room: number, user: UserId): void {
    this.domain.logs.get(testLog(room))?.members.add(user);
    this.tellInbox(user, 'inbox.room-added', { room: this.view(testLog(room)) });
  }

  removeFrom(room: number, user: UserId): void {
    const revocation = this.domain.remove(testLog(room), user);
    this.tellInbox(user, 'inbox.room-removed', { room: roomId(room), reason: 'removed' });
    this.bus.publish({ kind: 'revocation', revocation });
  }

  /** Whatever `headers` ask for, as a stream that the test reads. */
  listen(path: string, token: string, headers: Record<string, string> = {}): StreamClient {
    const client = new StreamClient(`${this.url}${path}`, { authorization: `Bearer ${token}`, ...headers });
    this.clients.push(client);
    return client;
  }

  fetch(path: string, token: string | null, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (token !== null) headers.set('authorization', `Bearer ${token}`);
    return fetch(`${this.url}${path}`, { ...init, headers });
  }

  private tellInbox(user: UserId, event: string, data: unknown): void {
    const log = inboxLog(user);
    const events = this.domain.logs.get(log)?.events ?? [];
    const seq = events.length + 1;
    const json = JSON.stringify({ event, log, epoch: 1, seq, at: 1, by: null, data });
    const stored: StoredEvent = { log, epoch: 1, seq, count: seq, notice: true, redacts: false, json };
    events.push(stored);
    this.bus.publish({ kind: 'event', event: stored });
  }

  private position(log: LogId) {
    const known = this.domain.logs.get(log);
    return { epoch: known?.epoch ?? 0, seq: known?.events.length ?? 0, count: 0 };
  }

  private view(log: LogId): RoomView {
    const id = log.slice('room:'.length) as RoomId;
    const info = { id, space: 'space', kind: 'channel', name: `room-${Number.parseInt(id.slice(-12), 16)}` };
    return { info, memberCount: 1, position: this.position(log), membership: null } as unknown as RoomView;
  }

  private home(user: UserId): Home {
    const logs = [...this.domain.logs].filter(([log, { members }]) => log.startsWith('room:') && members.has(user));
    return {
      me: { id: user },
      spaces: [{ id: 'space', name: 'Home' }],
      rooms: logs.map(([log]) => this.view(log)),
      inbox: this.position(inboxLog(user)),
    } as unknown as Home;
  }
}
