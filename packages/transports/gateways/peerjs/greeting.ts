import { limits } from '@confab/protocol';

/** The only key: it says which application one belongs to on servers for several, which this is not. */
const key = 'peerjs';
/** What the client itself takes for an id; other characters never get this far. */
const idForm = /^[A-Za-z0-9]+(?:[ _-][A-Za-z0-9]+)*$/;

/** What a client says of itself when it connects. */
export interface Greeting {
  readonly id: string;
  /** Random and the same for as long as the client's `Peer` lives; or a session's token. */
  readonly token: string;
}

export type Greeted = Greeting | { readonly refused: 'INVALID-KEY' | 'ERROR'; readonly why: string };

/** Reads `?key=…&id=…&token=…&version=…`. The texts of the refusals are those of the reference server. */
export function greetingOf(url: string): Greeted {
  const query = new URLSearchParams(url.slice(url.indexOf('?') + 1));
  const [id, token] = [query.get('id') ?? '', query.get('token') ?? ''];
  if (!id || !token || !query.get('key')) {
    return { refused: 'ERROR', why: 'No id, token, or key supplied to websocket server' };
  }
  if (query.get('key') !== key) return { refused: 'INVALID-KEY', why: 'Invalid key provided' };
  if (id.length > limits.peerIdChars || !idForm.test(id)) return { refused: 'ERROR', why: 'Invalid id provided' };
  if (token.length > limits.peerSecretChars) return { refused: 'ERROR', why: 'Invalid token provided' };
  return { id, token };
}
