import ts from 'typescript'

/** A text with one tenant predicate left out. */
export interface Forgotten {
  /** From 1. */
  readonly line: number
  readonly predicate: string
  readonly text: string
}

const METHODS = new Set(['where', 'whereRef', 'on', 'onRef'])
const NAMES_TENANT = /^'(\w+\.)?(\w*tenant_id|tenants\.id)'$/

/** Every way to forget one tenant predicate: a `where` or `on` whose first argument names a tenant's column. */
export function forgetTenantPredicates(file: string, text: string): readonly Forgotten[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found: Forgotten[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && namesTenant(node)) {
      const { expression: receiver } = node.expression
      const predicate = text.slice(receiver.end, node.end).trim()
      const { line } = source.getLineAndCharacterOfPosition(node.end)
      found.push({ line: line + 1, predicate, text: text.slice(0, receiver.end) + text.slice(node.end) })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function namesTenant({ expression, arguments: given }: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(expression) || !METHODS.has(expression.name.text)) return false
  const [column] = given
  return column !== undefined && NAMES_TENANT.test(column.getText())
}
