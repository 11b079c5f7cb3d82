const [QUOTE, BACKSLASH] = [0x22, 0x5c]
const OPENING = new Set([0x5b, 0x7b])
const CLOSING = new Set([0x5d, 0x7d])

/** The maximum number of values in 1 MiB of JSON. */
const MAX_VALUES = 1024 * 1024

/** Whether a UTF-8 JSON text is nested deeper than `levels`. One pass over the bytes, in constant memory. */
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

/** The same for a value that the host has parsed, of any size. A value with too many parts also counts as too deep. */
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
