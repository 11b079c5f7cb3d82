import type { FilterNode } from '@tenantry/core'

/** A row of a host's table, by the names of its columns. */
export type Row = Readonly<Record<string, string | null>>

/** Whether a database would answer the row: a condition that is unknown, such as `null = 'x'`, is not true. */
export function rowMatches(filter: FilterNode, row: Row): boolean {
  return valueOf(filter, row) === true
}

/** True, false, or `null` for unknown. */
function valueOf(node: FilterNode, row: Row): boolean | null {
  switch (node.kind) {
    case 'ParensNode':
      return valueOf(node.node, row)
    case 'AndNode':
    case 'OrNode': {
      const decisive = node.kind === 'OrNode'
      const parts = [valueOf(node.left, row), valueOf(node.right, row)]
      if (parts.includes(decisive)) return decisive
      return parts.includes(null) ? null : !decisive
    }
    case 'BinaryOperationNode': {
      const { leftOperand: left, rightOperand: right } = node
      const given = left.kind === 'ValueNode' ? left.value : (row[left.column.column.name] ?? null)
      switch (node.operator.operator) {
        case '=':
          return given === null || right.value === null ? null : given === right.value
        case 'is':
          return given === right.value
        case 'is not':
          return given !== right.value
      }
    }
  }
}
