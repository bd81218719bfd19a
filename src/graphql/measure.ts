import {
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
} from 'graphql'
import { DEFAULT_PAGE, LARGEST_PAGE } from '../store/page-request.js'

/** How large an operation is, fragments expanded; a field directly in the operation is at depth 1. */
export interface Size {
  readonly depth: number
  /** Depth of the deepest field that is reached through `__schema` or `__type`. */
  readonly introspectionDepth: number
  /** How many values the answer may hold, by what each list is likely to hold. */
  readonly cost: number
}

/** What an unpaged list is taken to hold, such as the deliveries of an alert. */
const USUAL_LIST = 5

/** Lists that are longer than that, by their place. */
const longLists: ReadonlyMap<string, number> = new Map([
  ['AlertConnection.byRule', 20],
  ['RulePreview.matches', 100],
  ['RulePreview.alerts', 100],
  ['RulePreview.buckets', 60],
  ['LogStats.buckets', 60],
  ['LogStats.groups', 20],
  ['DeliveryStats.buckets', 60],
])

/** What a field takes besides its answer, in values that as much time would make: one that reads a great deal to say a little. */
const ownCosts: ReadonlyMap<string, number> = new Map([
  ['Query.previewRule', 500_000],
  ['Query.logStats', 50_000],
  ['Query.deliveryStats', 20_000],
])

const NOTHING: Size = { depth: 0, introspectionDepth: 0, cost: 0 }

/**
 * Measures an operation. Every fragment is measured once, however often it is spread, so hostile documents cost no more
 * than honest ones of their length. A fragment that spreads itself counts as empty there; other rules refuse it.
 */
export function measure(operation: OperationDefinitionNode, context: ValidationContext): Size {
  const schema = context.getSchema()
  const fragments = new Map<string, Size>()

  const ofSelections = (set: SelectionSetNode, parent: string | undefined, isMeta: boolean): Size =>
    set.selections.map((selection) => ofSelection(selection, parent, isMeta)).reduce(together, NOTHING)

  const ofSelection = (selection: SelectionNode, parent: string | undefined, isMeta: boolean): Size => {
    if (selection.kind === Kind.FIELD) return ofField(selection, parent, isMeta)
    if (selection.kind === Kind.INLINE_FRAGMENT)
      return ofSelections(selection.selectionSet, selection.typeCondition?.name.value ?? parent, isMeta)
    return ofFragment(selection.name.value, isMeta)
  }

  const ofFragment = (name: string, isMeta: boolean): Size => {
    const key = `${isMeta ? '__' : ''}${name}`
    const known = fragments.get(key)
    if (known) return known
    fragments.set(key, NOTHING)
    const fragment = context.getFragment(name)
    const size = fragment
      ? ofSelections(fragment.selectionSet, fragment.typeCondition.name.value, isMeta)
      : NOTHING
    fragments.set(key, size)
    return size
  }

  const ofField = (field: FieldNode, parent: string | undefined, isMetaParent: boolean): Size => {
    const name = field.name.value
    const isMeta = isMetaParent || name === '__schema' || name === '__type'
    const type = parent === undefined ? undefined : fieldType(schema, parent, name)
    const inner = field.selectionSet
      ? ofSelections(field.selectionSet, type && getNamedType(type).name, isMeta)
      : NOTHING
    return {
      depth: isMeta ? 0 : inner.depth + 1,
      // Meta fields may hang below ordinary ones only at the root, where both begin at depth 1.
      introspectionDepth: isMeta ? inner.introspectionDepth + 1 : inner.introspectionDepth,
      cost: (ownCosts.get(`${parent}.${name}`) ?? 1) + inner.cost * likelyCount(field, type, parent),
    }
  }

  return ofSelections(operation.selectionSet, schema.getRootType(operation.operation)?.name, false)
}

function together(a: Size, b: Size): Size {
  return {
    depth: Math.max(a.depth, b.depth),
    introspectionDepth: Math.max(a.introspectionDepth, b.introspectionDepth),
    cost: a.cost + b.cost,
  }
}

function fieldType(schema: GraphQLSchema, parent: string, field: string): GraphQLOutputType | undefined {
  const type = schema.getType(parent)
  return isObjectType(type) ? type.getFields()[field]?.type : undefined
}

/** How many values a field is likely to have: for a connection its page, which then also stands for its `nodes` and `edges`. */
function likelyCount(
  field: FieldNode,
  type: GraphQLOutputType | undefined,
  parent: string | undefined,
): number {
  if (!type) return 1
  if (getNamedType(type).name.endsWith('Connection')) return pageSize(field)
  if (!isListType(getNullableType(type))) return 1
  const isOfPage = parent?.endsWith('Connection') === true
  return longLists.get(`${parent}.${field.name.value}`) ?? (isOfPage ? 1 : USUAL_LIST)
}

/** One in a variable counts as the largest; one that is out of bounds is refused when the page is read, so it need not count here. */
function pageSize(field: FieldNode): number {
  const first = field.arguments?.find((argument) => argument.name.value === 'first')?.value
  if (first === undefined) return DEFAULT_PAGE
  return first.kind === Kind.INT ? Math.min(Math.max(Number(first.value), 1), LARGEST_PAGE) : LARGEST_PAGE
}
