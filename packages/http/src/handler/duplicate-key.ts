// Consumes each run of characters up to a backslash at once. An alternative per character would cost backtracking state.
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/g

/**
 * The first key that occurs twice in one object of a JSON text, or `null`. Parsers disagree about which of the two
 * applies (RFC 8259, 4), so a proxy that checked the text may have read the other one. The text must be valid JSON.
 */
export function findDuplicateKey(text: string): string | null {
  const objects: Set<string>[] = []
  let lastString = ''
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') objects.push(new Set())
    else if (token === '}' || token === ']') objects.pop()
    else if (token === ':') {
      const key = String(JSON.parse(lastString))
      const keys = objects.at(-1)
      if (keys?.has(key)) return key
      keys?.add(key)
    } else lastString = token
  }
  return null
}
