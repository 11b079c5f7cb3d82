/** Roles whose name on the wire is not their key. */
const WIRE_NAMES: Readonly<Record<string, string>> = { member: 'normal', viewer: 'read_only' }
const KEYS = new Map(Object.entries(WIRE_NAMES).map(([key, name]) => [name, key]))

/** How the console names a role. */
export function toWireRole(key: string): string {
  return Object.hasOwn(WIRE_NAMES, key) ? (WIRE_NAMES[key] ?? key) : key
}

/**
 * The key of a role the console names. Names it does not use become a key that no role can have, so that the use case
 * refuses them where an unknown role is refused: after asking whether the caller may.
 */
export function fromWireRole(name: string): string {
  return KEYS.get(name) ?? (Object.hasOwn(WIRE_NAMES, name) ? `?${name}` : name)
}
