import { createClient as createStreamClient, NetworkError } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { DoorClient, DoorKind, DoorTarget, SeenMessage } from './door-client.ts';

const listen = `subscription ($room: String!, $after: String) {
  messages(room: $room, after: $after) { seq id clientId author text cursor }
}`;
const post = `mutation ($room: ID!, $clientId: ID, $text: String!) {
  messagePost(room: $room, clientId: $clientId, text: $text) { seq }
}`;
const now = 'query ($room: String!) { cursor(room: $room) }';

interface Result {
  readonly data?: Record<string, unknown> | null | undefined;
  readonly errors?: readonly { readonly extensions?: Readonly<Record<string, unknown>> | undefined }[] | undefined;
}

interface Request {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

interface Sink {
  next(result: Result): void;
  error(error: unknown): void;
  complete(): void;
}

/** What the two stock clients have in common. */
interface StockClient {
  subscribe(request: Request, sink: Sink): () => void;
  dispose(): void | Promise<void>;
}

/** How one of them is made, and cut off as by a pulled plug. */
type Connect = (target: DoorTarget) => { client: StockClient; cut(): Promise<void> };

/** A client of GraphQL, in one room. */
class GraphqlClient implements DoorClient {
  readonly seen: SeenMessage[] = [];
  private readonly target: DoorTarget;
  private readonly connect: Connect;
  private current: ReturnType<Connect> | null = null;
  private after: string | null = null;

  constructor(target: DoorTarget, connect: Connect) {
    this.target = target;
    this.connect = connect;
  }

  async post(text: string, clientId: string): Promise<void> {
    await this.ask({ query: post, variables: { room: this.target.room, clientId, text } });
  }

  async cut(): Promise<void> {
    await this.current?.cut();
    this.current = null;
  }

  /** Listens from where it was, the first time from now. */
  async comeBack(): Promise<void> {
    const { room } = this.target;
    this.current = this.connect(this.target);
    const { cursor } = await this.ask({ query: now, variables: { room } });
    this.after ??= String(cursor);
    this.current.client.subscribe(
      { query: listen, variables: { room, after: this.after } },
      { next: ({ data }) => this.hear(data?.messages), error: () => {}, complete: () => {} },
    );
  }

  async close(): Promise<void> {
    await this.cut();
  }

  private hear(message: unknown): void {
    if (!message) return;
    const { cursor, ...seen } = message as SeenMessage & { cursor: string };
    this.after = cursor;
    this.seen.push(seen);
  }

  /** One query or mutation. Rejects with the code of its error, or of why the connection ended. */
  private ask(request: Request): Promise<Record<string, unknown>> {
    return new Promise((resolve, reject) => {
      const { current } = this;
      if (!current) return reject(new Error('offline'));
      let answer: Result = {};
      current.client.subscribe(request, {
        next: (result) => {
          answer = result;
        },
        error: (error) => void codeOf(error).then((code) => reject(new Error(code))),
        complete: () => {
          if (answer.data && !answer.errors) resolve(answer.data);
          else reject(new Error(String(answer.errors?.[0]?.extensions?.code ?? 'offline')));
        },
      });
    });
  }
}

/** What the stock clients say went wrong: errors of GraphQL, a close event, or an answer of HTTP. */
async function codeOf(error: unknown): Promise<string> {
  if (Array.isArray(error)) return String(error[0]?.extensions?.code);
  if (error instanceof NetworkError && error.response) {
    const { errors } = (await (error.response as Response).json()) as { errors: { extensions: { code: string } }[] };
    return errors[0]?.extensions.code ?? 'offline';
  }
  const { reason } = error as { reason?: string };
  return reason || 'offline';
}

const overSocket: Connect = ({ url, token }) => {
  const sockets = new Set<WebSocket>();
  class KnownSocket extends WebSocket {
    constructor(...args: ConstructorParameters<typeof WebSocket>) {
      super(...args);
      sockets.add(this);
    }
  }
  const client = createSocketClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    connectionParams: { token },
    webSocketImpl: KnownSocket,
    retryAttempts: 0,
    lazyCloseTimeout: 60_000,
  });
  const cut = async (): Promise<void> => {
    await Promise.all([...sockets].map(cutSocket));
  };
  return { client: client as unknown as StockClient, cut };
};

function cutSocket(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState === WebSocket.CLOSED) return resolve();
    socket.once('close', () => resolve());
    socket.terminate();
  });
}

const overStream: Connect = ({ url, token }) => {
  const plug = new AbortController();
  const client = createStreamClient({
    url: `${url}/graphql/stream`,
    headers: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
    fetchFn: (input: string, init: RequestInit) =>
      fetch(input, { ...init, signal: AbortSignal.any([plug.signal, ...(init.signal ? [init.signal] : [])]) }),
  });
  const cut = async (): Promise<void> => {
    plug.abort();
    client.dispose();
  };
  return { client: client as unknown as StockClient, cut };
};

function doorKind(name: string, connect: Connect): DoorKind {
  return {
    name,
    afterAbsence: 'none',
    repeatsSafely: true,
    async connect(target) {
      const client = new GraphqlClient(target, connect);
      await client.comeBack();
      return client;
    },
  };
}

/** The npm client `graphql-ws`. */
export const graphqlSocketDoor = doorKind('GraphQL over WebSocket', overSocket);
/** The npm client `graphql-sse`, with a stream for each operation. */
export const graphqlStreamDoor = doorKind('GraphQL over SSE', overStream);
