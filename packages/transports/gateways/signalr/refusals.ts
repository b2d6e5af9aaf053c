import { toWireError, type WireError } from '@confab/protocol';

/** Errors of calls, in the words that clients of the reference server know. `HubException:` is followed by `code: sentence`. */

export function wordsOf({ code, message }: Pick<WireError, 'code' | 'message'>): string {
  return `${code}: ${message}`;
}

export function refused(method: string, error: WireError): string {
  return `An unexpected error occurred invoking '${method}' on the server. HubException: ${wordsOf(error)}`;
}

export function unknownMethod(target: string): string {
  return `Unknown hub method '${target.slice(0, 200)}'`;
}

export function otherMode(method: string, streams: boolean): string {
  return streams
    ? `The client attempted to invoke the streaming '${method}' method with a non-streaming invocation.`
    : `The client attempted to invoke the non-streaming '${method}' method with a streaming invocation.`;
}

export function unwantedStreams(method: string, count: number): string {
  return `An unexpected error occurred invoking '${method}' on the server. HubException: Client sent ${count} stream(s), Hub method expects 0.`;
}

/** An argument that cannot be what it should. */
export function wrongArgument(name: string, problem: string): { readonly error: WireError } {
  return { error: toWireError('invalid-params', { path: name, problem }) };
}
