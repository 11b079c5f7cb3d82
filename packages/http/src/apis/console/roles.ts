/** The roles that the API calls by another name. */
const WIRE_NAMES: Readonly<Record<string, string>> = { member: 'normal', viewer: 'read_only' }
const KEYS = new Map(Object.entries(WIRE_NAMES).map(([key, name]) => [name, key]))

/** The API's name of a role. */
export function toWireRole(key: string): string {
  return Object.hasOwn(WIRE_NAMES, key) ? (WIRE_NAMES[key] ?? key) : key
}

/**
 * The key of a role that a request names. A name that the API does not use becomes a key that no role can have. The use
 * case then rejects it like an unknown role, after authorization.
 */
export function fromWireRole(name: string): string {
  return KEYS.get(name) ?? (Object.hasOwn(WIRE_NAMES, name) ? `?${name}` : name)
}
