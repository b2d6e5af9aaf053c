import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { weights } from './limits.ts';

/** How large one operation is. */
export interface Measure {
  /** Fields within fields; introspection is not counted, which has a rule of its own. */
  readonly depth: number;
  /** The fields of its answer, each as often as the pages it stands in are long. */
  readonly cost: number;
  readonly commands: number;
  readonly introspects: boolean;
}

const nothing: Measure = { depth: 0, cost: 0, commands: 0, introspects: false };

type Variables = Readonly<Record<string, unknown>>;

/**
 * Measures an operation before anything is validated or run. Each fragment is measured once per type and page, so a
 * document is measured in time that grows with its length, whatever it would expand to.
 */
export function measure(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): Measure {
  const measurer = new Measurer(document, variables);
  const root = schema.getRootType(operation.operation);
  return root ? measurer.selections(operation.selectionSet, root, { root: true, page: weights.listLength }) : nothing;
}

interface Place {
  readonly root: boolean;
  /** The length that a list counts as here. */
  readonly page: number;
}

class Measurer {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly measured = new Map<string, Measure | null>();
  private readonly variables: Variables;

  constructor(document: DocumentNode, variables: Variables) {
    this.variables = variables;
    for (const node of document.definitions) {
      if (node.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(node.name.value, node);
    }
  }

  selections(set: SelectionSetNode, type: GraphQLNamedType | undefined, place: Place): Measure {
    let total = nothing;
    for (const selection of set.selections) {
      const part =
        selection.kind === Kind.FIELD
          ? this.field(selection, type, place)
          : selection.kind === Kind.INLINE_FRAGMENT
            ? this.selections(selection.selectionSet, type, place)
            : this.spread(selection.name.value, type, place);
      total = {
        depth: Math.max(total.depth, part.depth),
        cost: total.cost + part.cost,
        commands: total.commands + part.commands,
        introspects: total.introspects || part.introspects,
      };
    }
    return total;
  }

  private spread(name: string, type: GraphQLNamedType | undefined, place: Place): Measure {
    const key = `${name} ${type?.name} ${place.page} ${place.root}`;
    const known = this.measured.get(key);
    // `null`: a fragment within itself, which validation refuses.
    if (known !== undefined) return known ?? nothing;
    this.measured.set(key, null);
    const fragment = this.fragments.get(name);
    const result = fragment ? this.selections(fragment.selectionSet, type, place) : nothing;
    this.measured.set(key, result);
    return result;
  }

  private field(node: FieldNode, type: GraphQLNamedType | undefined, place: Place): Measure {
    const name = node.name.value;
    if (name === '__schema' || name === '__type') {
      return { depth: 1, cost: weights.introspection, commands: 0, introspects: true };
    }
    if (name === '__typename') return { depth: 1, cost: weights.field, commands: 0, introspects: false };
    const field = isObjectType(type) ? type.getFields()[name] : undefined;
    const page = place.root ? this.pageOf(node) : place.page;
    const inner = node.selectionSet
      ? this.selections(node.selectionSet, field && getNamedType(field.type), { root: false, page })
      : nothing;
    const times = field && isListType(getNullableType(field.type)) ? page : 1;
    const own = place.root ? weights.command : weights.field;
    return {
      depth: inner.depth + 1,
      cost: own + inner.cost * times,
      commands: place.root ? 1 : 0,
      introspects: inner.introspects,
    };
  }

  /** The page size that a command is asked for. */
  private pageOf(node: FieldNode): number {
    const value = node.arguments?.find((argument) => argument.name.value === 'limit')?.value;
    const limit =
      value?.kind === Kind.INT
        ? Number(value.value)
        : value?.kind === Kind.VARIABLE
          ? Number(this.variables[value.name.value])
          : Number.NaN;
    return Number.isSafeInteger(limit) && limit > 0 ? limit : weights.listLength;
  }
}
