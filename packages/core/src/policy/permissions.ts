/** What a host protects: each resource with its verbs, such as `{ invoice: ['create', 'read', 'approve'] }`. */
export type Resources = Readonly<Record<string, readonly string[]>>

/** The permission names that a declaration of resources gives, such as `'invoice:approve'`. */
export type PermissionOf<Declared extends Resources> = {
  [Name in keyof Declared & string]: `${Name}:${Declared[Name][number]}`
}[keyof Declared & string]

/** What the library itself protects in every tenant. */
// prettier-ignore
export const TENANCY_RESOURCES = {
  tenant:     ['read', 'update', 'archive', 'delete', 'transfer'],
  member:     ['read', 'add', 'assign', 'override', 'remove'],
  invitation: ['create', 'read', 'revoke'],
  join_request: ['read', 'decide'],
  event:      ['read'],
  role:       ['create', 'read', 'update', 'delete'],
} as const

export type TenancyPermission = PermissionOf<typeof TENANCY_RESOURCES>

/** A set of permissions: one bit each, 32 to a word, in the order of the policy's list. */
export type Mask = readonly number[]

export function hasBit(mask: Mask, bit: number): boolean {
  return ((mask[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0
}

export function maskOf(bits: Iterable<number>, size: number): Mask {
  const words = new Array<number>(Math.ceil(size / 32)).fill(0)
  for (const bit of bits) words[bit >>> 5] = (words[bit >>> 5] ?? 0) | (1 << (bit & 31))
  return words
}

export function union(left: Mask, right: Mask): Mask {
  return left.map((word, at) => word | (right[at] ?? 0))
}

export function intersection(left: Mask, right: Mask): Mask {
  return left.map((word, at) => word & (right[at] ?? 0))
}

export function without(left: Mask, right: Mask): Mask {
  return left.map((word, at) => word & ~(right[at] ?? 0))
}

/** Whether everything in `part` is also in `whole`. */
export function isSubset(part: Mask, whole: Mask): boolean {
  return part.every((word, at) => (word & ~(whole[at] ?? 0)) === 0)
}
