/** Reads a JSON column: text, or what the driver has parsed already. Ours hold objects and arrays only. */
export function fromJson<Value>(column: unknown): Value {
  // The column holds what was written from this very type.
  return (typeof column === 'string' ? JSON.parse(column) : column) as Value
}
