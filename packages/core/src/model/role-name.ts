declare const isCustom: unique symbol

/** The key of a role that a tenant made for itself. Made by {@link customRole}. */
export type CustomRole = string & { readonly [isCustom]: true }

/** A role that is declared, built in or by the host, or one that is said to be a tenant's own. */
export type RoleName<Declared extends string> = Declared | CustomRole

/**
 * Says that a key is a tenant's custom role, which no declaration knows. A key without it must be a declared one, so that a
 * typo does not compile. Whether the tenant has such a role is looked up by the call that gets it.
 *
 * @example
 * customRole('billing')
 */
export function customRole(key: string): CustomRole {
  // The brand is for the compiler alone.
  return key as CustomRole
}
