import ts from 'typescript'

/** A source text with one tenant predicate removed. */
export interface Forgotten {
  /** The line number, from 1. */
  readonly line: number
  readonly predicate: string
  readonly text: string
}

const CHAINED = new Set(['where', 'whereRef', 'on', 'onRef'])
const JOINS = new Set(['innerJoin', 'leftJoin', 'fullJoin'])
const NAMES_TENANT = /^'(\w+\.)?(\w*tenant_id|tenants\.id)'$/
/** The event tables and chain directories name their tenant column by a variable. */
const RAW = /(\b\w*tenant_id|\$\{(owner|scope)\}) = \$\{[\w.]+\}/g

interface Place {
  readonly from: number
  readonly to: number
  readonly instead: string
}

/**
 * All ways to remove one tenant predicate: a `where` or `on` whose first argument is a tenant column, a condition built
 * with `eb`, a join only by tenant, and a comparison in raw SQL.
 */
export function forgetTenantPredicates(file: string, text: string): readonly Forgotten[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found: Forgotten[] = []
  const visit = (node: ts.Node): void => {
    for (const { from, to, instead } of placesOf(node)) {
      const { line } = source.getLineAndCharacterOfPosition(to)
      const forgotten = text.slice(0, from) + instead + text.slice(to)
      found.push({ line: line + 1, predicate: text.slice(from, to).trim(), text: forgotten })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function placesOf(node: ts.Node): readonly Place[] {
  if (ts.isTemplateExpression(node)) {
    return [...node.getText().matchAll(RAW)].map(({ 0: match, index }) => {
      const from = node.getStart() + index
      return { from, to: from + match.length, instead: 'true' }
    })
  }
  if (!ts.isCallExpression(node)) return []
  const { expression: called, arguments: given } = node
  const [first, second, third] = given
  if (ts.isIdentifier(called)) {
    const isCondition = called.text === 'eb' && namesTenant(first)
    return isCondition ? [{ from: node.getStart(), to: node.end, instead: 'eb.lit(true)' }] : []
  }
  if (!ts.isPropertyAccessExpression(called)) return []
  if (CHAINED.has(called.name.text) && namesTenant(first))
    return [{ from: called.expression.end, to: node.end, instead: '' }]
  if (JOINS.has(called.name.text) && second && third && namesTenant(second) && namesTenant(third))
    return [{ from: second.getStart(), to: third.end, instead: '(join) => join.onTrue()' }]
  return []
}

function namesTenant(column: ts.Expression | undefined): boolean {
  return column !== undefined && NAMES_TENANT.test(column.getText())
}
