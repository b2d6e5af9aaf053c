import type { Report } from '@confab/engine';
import { type ErrorCode, type ErrorDetails, toWireError, type WireError } from '@confab/protocol';
import { GraphQLError } from 'graphql';

/** An error of the protocol as GraphQL has it: its sentence, and all else under `extensions`. */
export function refusal({ message, ...extensions }: WireError): GraphQLError {
  return new GraphQLError(message, { extensions: { ...extensions } });
}

export function refuse(code: ErrorCode, details?: ErrorDetails): GraphQLError {
  return refusal(toWireError(code, details));
}

/** What a bound of this gateway says: `limit-reached`, with the limit and what it is of. */
export function overLimit(limit: number, what: string): GraphQLError {
  return refuse('limit-reached', { limit, what });
}

/** An error of GraphQL's own (a document that is none, a field that is not there), with a code of our list ([X1]). */
export function coded(error: GraphQLError, code: ErrorCode): GraphQLError {
  if (typeof error.extensions.code === 'string') return error;
  const { retry } = toWireError(code);
  const { nodes, source, positions, path, message } = error;
  return new GraphQLError(message, { nodes, source, positions, path, extensions: { code, retry } });
}

/**
 * An error that came up while a document was run. One that is nobody's refusal is a bug: it is reported, and told as
 * `internal` without its message ([X2], [X3]). Values that GraphQL itself does not take are `invalid-params`.
 */
export function told(error: GraphQLError, report: Report): GraphQLError {
  if (typeof error.extensions.code === 'string') return error;
  const cause = error.cause ?? error.originalError;
  if (cause === undefined || cause instanceof GraphQLError) return coded(error, 'invalid-params');
  report('error', 'a field could not be answered', { path: error.path?.join('.') ?? '', error: cause });
  const { message, ...extensions } = toWireError('internal');
  const { nodes, source, positions, path } = error;
  return new GraphQLError(message, { nodes, source, positions, path, extensions });
}
