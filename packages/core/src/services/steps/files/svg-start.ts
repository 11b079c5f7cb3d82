// What may stand before the first tag of an XML document (XML 1.0, 2.8). Each ends at its first end mark.
const PROLOG = [
  ['<?', '?>'],
  ['<!--', '-->'],
] as const
const DOCTYPE = /<!DOCTYPE\s+svg\b[^[\]<>]*(?:\[[^\]]*\]\s*)?>/y
const SPACE = /\s*/y
const NAME = /<svg(?=[\s/>])/y
// No two of the parts can match the same character, so a match never goes back.
const ATTRIBUTE = /\s+([^\s=<>"'/]+)\s*=\s*(?:"[^"<]*"|'[^'<]*')/y
const END = /\s*\/?>/y

/** Whether a text begins with a prolog and one whole, well-formed `<svg>` tag. Every character is looked at once or twice. */
export function beginsLikeSvg(text: string): boolean {
  let at = skip(SPACE, text, 0)
  for (let next = afterProlog(text, at); next !== at; next = afterProlog(text, at)) at = skip(SPACE, text, next)
  const name = skip(NAME, text, at)
  return name !== at && hasWholeTag(text, name)
}

function afterProlog(text: string, at: number): number {
  for (const [begin, end] of PROLOG) {
    if (!text.startsWith(begin, at)) continue
    const found = text.indexOf(end, at + begin.length)
    return found < 0 ? at : found + end.length
  }
  return skip(DOCTYPE, text, at)
}

/** Attributes of different names up to the end of the tag. */
function hasWholeTag(text: string, start: number): boolean {
  const names = new Set<string>()
  let at = start
  for (;;) {
    ATTRIBUTE.lastIndex = at
    const name = ATTRIBUTE.exec(text)?.[1]
    if (name === undefined) return skip(END, text, at) !== at
    if (names.has(name)) return false
    names.add(name)
    at = ATTRIBUTE.lastIndex
  }
}

/** Where a match that begins here ends; `at` itself without one. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}
