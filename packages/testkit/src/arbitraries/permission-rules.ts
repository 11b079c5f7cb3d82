import type { Resources, RoleDefinitions } from '@tenantry/core'

/** What a host declares about permissions, as `createTenancy` takes it. The host's whole options will do. */
export interface PermissionRules<Declared extends Resources = Resources> {
  readonly resources?: Declared
  readonly roles?: RoleDefinitions
}
