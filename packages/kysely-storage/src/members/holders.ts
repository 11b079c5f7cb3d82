import type { HolderFilter } from '@tenantry/core'
import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely'
import type { Tables } from '../schema/tables.js'
import type { Sql } from '../database/dialect.js'
import { onePageById, pageArguments, type PageArguments } from '../statements/keyset.js'
import { membershipColumns, toMember } from './membership-rows.js'
import { isActiveUser, statusOfMember } from '../statements/active-status.js'
import { ofTenant, type Executor } from '../statements/statement.js'
import { userColumns } from '../users/user-rows.js'

/** A holder filter as values of a statement; what is absent plays no part. Lists of keys are JSON. */
interface Holding {
  readonly tenantId: string
  readonly ownerId?: string
  readonly permission?: string
  readonly roles?: string
  readonly unrestrictedRoles?: string
  readonly customRoles?: true
  readonly organizationId?: string
  readonly grantedTo?: string
}

/** Who has a permission, found among all members of a tenant in one statement. */
export function holders({ db, dialect }: Sql) {
  type Members = ExpressionBuilder<Tables, 'memberships'>

  /** Whether one of the member's roles is among these, or is the tenant's own and lists the permission. */
  function roleMask(eb: Members, tenantId: string, keys: string, listing?: string): Expression<SqlBool> {
    return eb.exists(
      eb
        .selectFrom('membership_roles')
        .leftJoin('tenant_roles', (join) =>
          join.on('tenant_roles.tenant_id', '=', tenantId).onRef('tenant_roles.key', '=', 'membership_roles.role'),
        )
        .select(sql.lit(1).as('one'))
        .where('membership_roles.tenant_id', '=', tenantId)
        .whereRef('membership_roles.user_id', '=', 'memberships.user_id')
        .where((role) => {
          const hosts = role.and([
            role('tenant_roles.key', 'is', null),
            dialect.jsonArrayHas(sql.val(keys), role.ref('membership_roles.role')),
          ])
          if (listing === undefined) return hosts
          return role.or([hosts, dialect.jsonArrayHas(role.ref('tenant_roles.permissions'), sql.val(listing))])
        }),
    )
  }

  function byOrganization(eb: Members, organizationId: string): Expression<SqlBool> {
    const yes = sql.lit(dialect.boolean(true))
    return eb.exists(
      eb
        .selectFrom('organization_members')
        .select(sql.lit(1).as('one'))
        .where('organization_members.organization_id', '=', organizationId)
        .whereRef('organization_members.user_id', '=', 'memberships.user_id')
        .where('organization_members.active', '=', yes)
        .where('organization_members.admin', '=', yes),
    )
  }

  function granted(eb: Members, given: Holding): readonly Expression<SqlBool>[] {
    const { tenantId, permission, roles, unrestrictedRoles: unrestrictedRoles, customRoles, organizationId } = given
    if (permission === undefined || roles === undefined) return []
    const above = organizationId === undefined ? [] : [byOrganization(eb, organizationId)]
    const role = roleMask(eb, tenantId, roles, customRoles && permission)
    if (unrestrictedRoles === undefined) return [...above, role]
    const override = dialect.jsonBoolean(eb.ref('memberships.overrides'), sql.val(permission))
    return [...above, roleMask(eb, tenantId, unrestrictedRoles), sql<SqlBool>`coalesce(${override}, ${role})`]
  }

  const every = (given: Holding) =>
    db
      .selectFrom('memberships')
      .where('memberships.tenant_id', '=', given.tenantId)
      .where('memberships.active', '=', sql.lit(dialect.boolean(true)))
      .where((eb) => {
        const owner = given.ownerId === undefined ? [] : [eb('memberships.user_id', '=', given.ownerId)]
        const byGrant = granted(eb, given)
        if (given.grantedTo === undefined) return eb.or([...owner, ...byGrant])
        return eb.or([...owner, eb.and([eb('memberships.user_id', '=', given.grantedTo), eb.or(byGrant)])])
      })
  const active = (given: Holding) => every(given).where(statusOfMember(db), '=', sql.lit('active' as const))
  const list = ofTenant('tenantId', (given: PageArguments & Holding) =>
    onePageById(
      dialect,
      (given.offset === undefined ? every(given) : db.selectFrom('memberships').where('tenant_id', '=', given.tenantId))
        .innerJoin('users', 'users.id', 'memberships.user_id')
        .where(isActiveUser)
        .select(membershipColumns)
        .select(userColumns),
      active(given),
      ['memberships.created_at', 'memberships.user_id'],
      'ascending',
      given,
    ),
  )
  const count = ofTenant('tenantId', (given: Holding) =>
    active(given).select(({ fn }) => fn.countAll<number>().as('count')),
  )

  return (executor: Executor) => ({
    async listHolders({ page, ...filter }: HolderFilter & { readonly page: Parameters<typeof pageArguments>[0] }) {
      return (await list.all(executor, { ...toHolding(filter), ...pageArguments(page) })).map(toMember)
    },
    async countHolders(filter: HolderFilter) {
      return (await count.first(executor, toHolding(filter)))?.count ?? 0
    },
  })
}

function toHolding({ tenantId, ownerId, grants }: HolderFilter): Holding {
  return {
    tenantId,
    ...(ownerId !== null && { ownerId }),
    ...(grants && {
      permission: grants.permission,
      roles: JSON.stringify(grants.roles),
      ...(grants.overrides && { unrestrictedRoles: JSON.stringify(grants.unrestrictedRoles) }),
      ...(grants.customRoles && { customRoles: true as const }),
      ...(grants.organizationId !== null && { organizationId: grants.organizationId }),
      ...(grants.userId !== null && { grantedTo: grants.userId }),
    }),
  }
}
