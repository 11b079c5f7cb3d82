const [QUOTE, BACKSLASH] = [0x22, 0x5c]
const OPENING = new Set([0x5b, 0x7b])
const CLOSING = new Set([0x5d, 0x7d])

/** As many values as 1 MiB of JSON can hold. */
const MAX_VALUES = 1024 * 1024

/** Whether a JSON text in UTF-8 is nested deeper than this. Looks at each byte once and keeps nothing of it. */
export function isTextDeeperThan(depth: number, text: Uint8Array): boolean {
  let [level, inString, escaped] = [0, false, false]
  for (const byte of text) {
    if (escaped) escaped = false
    else if (byte === QUOTE) inString = !inString
    else if (inString) escaped = byte === BACKSLASH
    else if (OPENING.has(byte) && ++level > depth) return true
    else if (CLOSING.has(byte)) level--
  }
  return false
}

/** The same of a value that somebody else has parsed, which may have any size; one that holds too much counts as too deep. */
export function isValueDeeperThan(depth: number, value: unknown): boolean {
  let [row, seen]: [readonly object[], number] = [isContainer(value) ? [value] : [], 0]
  for (let level = 0; row.length > 0; level++) {
    if (level === depth) return true
    const next: object[] = []
    for (const container of row) {
      const values = Object.values(container)
      seen += values.length
      if (seen > MAX_VALUES) return true
      for (const inner of values) if (isContainer(inner)) next.push(inner)
    }
    row = next
  }
  return false
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
