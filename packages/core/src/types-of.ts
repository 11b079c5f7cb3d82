import type { Tenancy } from './create-tenancy.js'
import type { CustomRole } from './model/role-name.js'

type InTenant<Of extends Tenancy> = ReturnType<ReturnType<Of['as']>['in']>

/**
 * What `access()` answers in a tenancy: `type AppAccess = AccessOf<typeof tenancy>` knows the permissions that it
 * declares.
 */
export type AccessOf<Of extends Tenancy> = Awaited<ReturnType<InTenant<Of>['access']>>

/** A member as a tenancy lists them, with its roles and its metadata. */
export type MemberOf<Of extends Tenancy> = Awaited<ReturnType<InTenant<Of>['members']['get']>>

/** The names of the roles that a tenancy declares, the built-in ones among them. */
export type RoleOf<Of extends Tenancy> = Exclude<MemberOf<Of>['roles'][number], CustomRole>
