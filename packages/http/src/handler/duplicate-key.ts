// In one run up to each backslash: a choice at every character would have to be remembered.
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/g

/**
 * The first key that one object of a JSON text has twice, or `null`. Parsers disagree about which of the two counts
 * (RFC 8259, 4), so whoever checked the text before us may have seen the other. The text must be valid JSON.
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
