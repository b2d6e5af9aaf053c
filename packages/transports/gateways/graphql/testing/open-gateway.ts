import type { EngineLimits, Outcome, Question, Reply } from '@confab/engine';
import { type RoomId, roomLog, toWireError, type UserId } from '@confab/protocol';
import { DoorServer } from '../../../testing/door-server.ts';
import { ada, bob, instance, type Params, TestWorld } from '../../../testing/test-world.ts';
import { createGraphqlGateway } from '../gateway.ts';
import type { GraphqlLimits } from '../limits.ts';

interface Options {
  readonly limits?: Partial<GraphqlLimits>;
  readonly engine?: Partial<EngineLimits>;
  readonly explorer?: boolean;
}

/** The gateway on a free port, before a world of which Ada does not see the third room, and Bob not the second. */
export class OpenGateway extends TestWorld {
  private server: DoorServer | null = null;

  private constructor(engine?: Partial<EngineLimits>) {
    super(engine);
    this.addRoom(1, ada, bob);
    this.addRoom(2, ada);
    this.addRoom(3, bob);
  }

  static async open({ limits = {}, engine, explorer = false }: Options = {}): Promise<OpenGateway> {
    const gateway = new OpenGateway(engine);
    const { doorParts, timers } = gateway;
    gateway.server = await DoorServer.open(createGraphqlGateway(doorParts, { limits, explorer, timers }));
    return gateway;
  }

  get url(): string {
    return this.server?.url ?? '';
  }

  async close(): Promise<void> {
    await this.server?.close();
  }

  /** One request over HTTP, and its answer. */
  async request(query: string, { token, variables = {} }: { token?: string; variables?: object } = {}) {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  }

  override async ask(question: Question): Promise<Reply> {
    return question.command === 'instance.show' ? { result: instance } : super.ask(question);
  }

  protected override execute(user: UserId, command: string, params: Params): Outcome {
    if (command === 'account.home') return super.execute(user, command, params);
    if (command === 'session.list') return { result: { sessions: [] } };
    if (command === 'instance.show') return { result: instance };
    const log = roomLog(params.room as RoomId);
    if (!this.isMember(log, user)) return { error: toWireError('not-found') };
    if (command === 'room.show') return { result: { room: this.view(log) } };
    if (command !== 'message.post') return { result: {} };
    return params.text === 'broken' ? { result: { id: null } } : super.execute(user, command, params);
  }
}

export interface Answer {
  readonly data?: Readonly<Record<string, never>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[];
}

/** The code of an answer's first error. */
export const codeOf = ({ errors }: Answer): unknown => errors?.[0]?.extensions?.code;
