import { GraphQLError, GraphQLScalarType, Kind, print, valueFromASTUntyped } from 'graphql';

/** GraphQL's own Int ends at 2³¹; positions and times do not. */
function wholeNumber(name: string, description: string): GraphQLScalarType<number, number> {
  const check = (value: unknown): number => {
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
    throw new GraphQLError(`${name} cannot represent this value: it has to be a whole number within ±(2^53 − 1).`);
  };
  return new GraphQLScalarType({
    name,
    description,
    coerceOutputValue: check,
    coerceInputValue: check,
    coerceInputLiteral: (node) => {
      if (node.kind !== Kind.INT) throw new GraphQLError(`${name} cannot represent ${print(node)}.`, { nodes: node });
      return check(Number(node.value));
    },
  });
}

export const SafeInt = wholeNumber('SafeInt', 'A whole number within ±(2^53 − 1), as a JSON number.');
export const TimestampScalar = wholeNumber('Timestamp', 'Unix time in milliseconds, as a JSON number.');

export const JsonScalar = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description: 'Any JSON value: what has more than one shape, or one that the protocol leaves open.',
  coerceOutputValue: (value) => value,
  coerceInputValue: (value) => value,
  coerceInputLiteral: (node) => valueFromASTUntyped(node),
});
