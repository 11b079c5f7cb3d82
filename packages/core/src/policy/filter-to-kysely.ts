import type { Column, Condition } from './filter.js'

interface IdentifierNode {
  readonly kind: 'IdentifierNode'
  readonly name: string
}

interface ReferenceNode {
  readonly kind: 'ReferenceNode'
  readonly column: { readonly kind: 'ColumnNode'; readonly column: IdentifierNode }
  readonly table?: {
    readonly kind: 'TableNode'
    readonly table: { readonly kind: 'SchemableIdentifierNode'; readonly identifier: IdentifierNode }
  }
}

interface ValueNode {
  readonly kind: 'ValueNode'
  readonly value: string | number | null
  /** Written into the text, where it is a number or null of this file. */
  readonly immediate?: true
}

interface BinaryOperationNode {
  readonly kind: 'BinaryOperationNode'
  readonly leftOperand: ReferenceNode | ValueNode
  readonly operator: { readonly kind: 'OperatorNode'; readonly operator: '=' | 'is' | 'is not' }
  readonly rightOperand: ValueNode
}

interface CombiningNode {
  readonly kind: 'AndNode' | 'OrNode'
  readonly left: FilterNode
  readonly right: FilterNode
}

interface ParensNode {
  readonly kind: 'ParensNode'
  readonly node: FilterNode
}

/** The operation nodes of Kysely that a filter is made of, as Kysely 0.28 and 0.29 define them. */
export type FilterNode = BinaryOperationNode | CombiningNode | ParensNode

/** A condition as Kysely's own nodes, so that its plugins see and rewrite it as they do any other. */
export function toKysely(condition: Condition): FilterNode {
  switch (condition.kind) {
    case 'equals': {
      const column = reference(condition.column)
      const known = operation(column, 'is not', immediate(null))
      return group('AndNode', [known, operation(column, '=', { kind: 'ValueNode', value: condition.value })])
    }
    case 'missing':
      return operation(reference(condition.column), 'is', immediate(null))
    case 'all':
      return group('AndNode', condition.of.map(toKysely))
    case 'any':
      return group('OrNode', condition.of.map(toKysely))
  }
}

function group(kind: CombiningNode['kind'], [first, ...others]: readonly FilterNode[]): FilterNode {
  if (!first) return operation(immediate(1), '=', immediate(kind === 'AndNode' ? 1 : 0))
  return { kind: 'ParensNode', node: others.reduce((left, right) => ({ kind, left, right }), first) }
}

function operation(
  leftOperand: BinaryOperationNode['leftOperand'],
  operator: BinaryOperationNode['operator']['operator'],
  rightOperand: ValueNode,
): BinaryOperationNode {
  return { kind: 'BinaryOperationNode', leftOperand, operator: { kind: 'OperatorNode', operator }, rightOperand }
}

function reference({ table, name }: Column): ReferenceNode {
  const column = { kind: 'ColumnNode', column: identifier(name) } as const
  if (table === null) return { kind: 'ReferenceNode', column }
  const schemable = { kind: 'SchemableIdentifierNode', identifier: identifier(table) } as const
  return { kind: 'ReferenceNode', column, table: { kind: 'TableNode', table: schemable } }
}

function identifier(name: string): IdentifierNode {
  return { kind: 'IdentifierNode', name }
}

function immediate(value: number | null): ValueNode {
  return { kind: 'ValueNode', value, immediate: true }
}
