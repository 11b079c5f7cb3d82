/**
 * A resource that says more than its verbs.
 *
 * @example
 * const invoice = { verbs: ['create', 'read', 'update', 'submit', 'approve'], owner: ['read', 'update', 'submit'] }
 */
export interface ResourceDefinition {
  readonly verbs: readonly string[]
  /**
   * All that owning a resource of this type permits, in place of the default: `read`, `update` and `delete`, as far as
   * `verbs` has them. An empty list permits nothing.
   */
  readonly owner?: readonly string[]
  /**
   * Whether a `*` for the resource, such as in `*:read` of `viewer`, reaches it. Default `true`. With `false` only
   * unrestricted roles, such as `owner` and `admin`, and roles that name it have permissions on it.
   */
  readonly allowWildcards?: boolean
}

/** What a host protects: each resource with its verbs, such as `{ invoice: ['create', 'read', 'approve'] }`. */
export type Resources = Readonly<Record<string, readonly string[] | ResourceDefinition>>

type VerbOf<Declared> = Declared extends readonly (infer Verb extends string)[]
  ? Verb
  : Declared extends { readonly verbs: readonly (infer Verb extends string)[] }
    ? Verb
    : never

/** The permission names that a declaration of resources gives, such as `'invoice:approve'`. */
export type PermissionOf<Declared extends Resources> = {
  [Name in keyof Declared & string]: `${Name}:${VerbOf<Declared[Name]>}`
}[keyof Declared & string]

type CheckedDefinition<Declared> = Declared extends readonly string[]
  ? Declared
  : ResourceDefinition & { readonly owner?: readonly VerbOf<Declared>[] } & {
      readonly [Name in Exclude<keyof Declared, keyof ResourceDefinition>]: never
    }

/** A declaration in which every `owner` lists only verbs that its resource has, and nothing is misspelt. */
export type CheckedResources<Declared extends Resources> = {
  readonly [Name in keyof Declared]: CheckedDefinition<Declared[Name]>
}

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
