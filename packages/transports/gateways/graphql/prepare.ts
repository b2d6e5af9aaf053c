import {
  type DocumentNode,
  type ExecutionArgs,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  MaxIntrospectionDepthRule,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
  visit,
} from 'graphql';
import type { GraphqlLimits } from './limits.ts';
import { measure } from './measure.ts';
import { coded, overLimit, refuse } from './refusals.ts';
import type { GraphqlContext } from './schema/context.ts';

/** What a client asks to be run, over whichever of the three ways. */
export interface GraphqlRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

export interface PrepareParts {
  readonly schema: GraphQLSchema;
  readonly limits: GraphqlLimits;
  /** Whether anyone may ask what the schema is; else only who is signed in. */
  readonly openSchema: boolean;
}

export type Prepared = { readonly args: ExecutionArgs } | { readonly errors: readonly GraphQLError[] };

const rules = [...new Set([...specifiedRules, MaxIntrospectionDepthRule])];
/** Mistakes that are told of at once. */
const maxErrors = 20;

/** The one way of a document to its execution: parsed, held against the bounds, validated. */
export async function prepare(
  parts: PrepareParts,
  request: GraphqlRequest,
  context: GraphqlContext,
): Promise<Prepared> {
  const { schema, limits } = parts;
  const document = read(request.query, limits);
  if (document instanceof GraphQLError) return { errors: [document] };
  const variables = request.variables ?? {};
  const outOfBounds = beyondBounds(parts, document, variables);
  if (outOfBounds instanceof GraphQLError) return { errors: [outOfBounds] };
  const mayAsk = parts.openSchema || (outOfBounds.introspects && (await isSignedIn(context)));
  if (outOfBounds.introspects && !mayAsk) return { errors: [refuse('unauthenticated')] };
  const hideSuggestions = !mayAsk;
  const errors = validate(schema, document, rules, { maxErrors, hideSuggestions });
  if (errors.length > 0) return { errors: errors.map((error) => coded(error, 'invalid-params')) };
  return {
    args: {
      schema,
      document,
      contextValue: context,
      variableValues: variables,
      operationName: request.operationName ?? null,
      hideSuggestions,
      options: { maxCoercionErrors: maxErrors },
    },
  };
}

function read(query: string, limits: GraphqlLimits): DocumentNode | GraphQLError {
  if (query.length > limits.documentChars) return overLimit(limits.documentChars, 'characters in a document');
  const { documentTokens, documentComments } = limits;
  try {
    return parse(query, { maxLexicalTokens: documentTokens, maxComments: documentComments });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const [, bound] = /contains more than \d+ (tokens|comments)/.exec(error.message) ?? [];
    if (bound === 'tokens') return overLimit(documentTokens, 'words and signs in a document');
    if (bound === 'comments') return overLimit(documentComments, 'comments in a document');
    return coded(error, 'malformed');
  }
}

function beyondBounds(
  { schema, limits }: PrepareParts,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): GraphQLError | { readonly introspects: boolean } {
  const counts = countsOf(document);
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const sizes = operations.map((operation: OperationDefinitionNode) => measure(schema, document, operation, variables));
  const most = (pick: (size: (typeof sizes)[number]) => number) => Math.max(0, ...sizes.map(pick));
  const bounds = [
    [operations.length, limits.documentOperations, 'operations in a document'],
    [counts.aliases, limits.aliases, 'aliases in a document'],
    [counts.fragments, limits.fragments, 'fragments in a document'],
    [counts.repeats, limits.repeats, 'repetitions of a field'],
    [most((size) => size.depth), limits.depth, 'levels of fields in an operation'],
    [most((size) => size.commands), limits.commands, 'commands in an operation'],
    [most((size) => size.cost), limits.cost, 'fields in an answer, pages counted in full'],
  ] as const;
  const broken = bounds.find(([value, limit]) => value > limit);
  return broken ? overLimit(broken[1], broken[2]) : { introspects: sizes.some((size) => size.introspects) };
}

interface Counts {
  aliases: number;
  fragments: number;
  /** How often one selection set asks for the same, at most. */
  repeats: number;
}

/** What makes validation itself long: GraphQL compares each field with every other of the same name. */
function countsOf(document: DocumentNode): Counts {
  const counts: Counts = { aliases: 0, fragments: 0, repeats: 0 };
  visit(document, {
    Field: ({ alias }) => {
      if (alias) counts.aliases += 1;
    },
    FragmentDefinition: () => {
      counts.fragments += 1;
    },
    SelectionSet: ({ selections }) => {
      const seen = new Map<string, number>();
      for (const selection of selections) {
        const name = selection.kind === Kind.FIELD ? (selection.alias ?? selection.name).value : selection.kind;
        const times = (seen.get(name) ?? 0) + 1;
        seen.set(name, times);
        if (selection.kind !== Kind.FRAGMENT_SPREAD) counts.repeats = Math.max(counts.repeats, times);
      }
    },
  });
  return counts;
}

/** A command that anyone who is signed in may give tells whether someone is. */
async function isSignedIn(context: GraphqlContext): Promise<boolean> {
  return !('error' in (await context.ask('session.list', {})));
}
