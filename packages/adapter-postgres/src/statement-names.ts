import { createHash } from 'node:crypto'

/**
 * A statement that has a name is parsed and planned once for each connection. The name is made from the text: every
 * storage on a pool calls one statement the same, and never two.
 */
export function statementNames(): (text: string) => string {
  const names = new Map<string, string>()

  return (text) => {
    let name = names.get(text)
    if (name === undefined) {
      name = `tenantry_${createHash('sha256').update(text).digest('base64url')}`
      names.set(text, name)
    }
    return name
  }
}
