import type { Membership, MembershipReads, MembershipRepository } from '@tenantry/core'
import { sql, type Insertable, type Updateable } from 'kysely'
import type { MembershipTable } from '../schema/member-tables.js'
import type { Sql } from '../database/dialect.js'
import { holders } from './holders.js'
import { onePageById, pageArguments, type PageArguments } from '../statements/keyset.js'
import { keywordPattern, matchesKeyword } from '../statements/keyword.js'
import { fromChanges, fromMembership, membershipColumns, toMember, toMembership } from './membership-rows.js'
import { memberCount } from './member-count.js'
import { manyMemberships } from './many-memberships.js'
import { statusOfTenant } from '../statements/active-status.js'
import { acrossTenants, ofTenant, type Executor } from '../statements/statement.js'
import { isUnseen } from '../users/unseen.js'
import { foldedColumns, userColumns } from '../users/user-rows.js'

interface MembershipKey {
  readonly tenantId: string
  readonly userId: string
}

interface MemberFilter {
  readonly tenantId: string
  readonly role: string | undefined
  readonly pattern: string | undefined
}

const everybody = ({ tenantId }: MemberFilter): MemberFilter => ({ tenantId, role: undefined, pattern: undefined })

export function memberships({ db, dialect }: Sql) {
  const everyMember = () => db.selectFrom('memberships').innerJoin('users', 'users.id', 'memberships.user_id')
  const find = ofTenant('tenantId', (key: MembershipKey) =>
    everyMember()
      .select(membershipColumns)
      .select(userColumns)
      .where('memberships.tenant_id', '=', key.tenantId)
      .where('memberships.user_id', '=', key.userId),
  )
  const ofTheTenant = ({ tenantId, role }: MemberFilter) => {
    const query = db.selectFrom('memberships').where('memberships.tenant_id', '=', tenantId)
    if (role === undefined) return query
    const holders = db.selectFrom('membership_roles').select('membership_roles.user_id')
    const ofRole = holders.where('membership_roles.tenant_id', '=', tenantId).where('role', '=', role)
    return query.where('memberships.user_id', 'in', ofRole)
  }
  // Only a keyword, or what is shown, needs the users.
  const withUser = (given: MemberFilter) => {
    const query = ofTheTenant(given).innerJoin('users', 'users.id', 'memberships.user_id')
    const { pattern } = given
    if (pattern === undefined) return query
    return query.where((eb) =>
      eb.or([
        eb.and([isUnseen(eb), matchesKeyword(pattern, 'memberships.added_folded')]),
        eb.and([eb.not(isUnseen(eb)), matchesKeyword(pattern, ...foldedColumns)]),
      ]),
    )
  }
  const list = ofTenant('tenantId', (given: PageArguments & MemberFilter) =>
    onePageById(
      dialect,
      withUser(given.offset === undefined ? given : everybody(given))
        .select(membershipColumns)
        .select(userColumns),
      given.pattern === undefined ? ofTheTenant(given) : withUser(given),
      ['memberships.created_at', 'memberships.user_id'],
      'ascending',
      given,
    ),
  )
  const count = ofTenant('tenantId', (given: MemberFilter) =>
    (given.pattern === undefined ? ofTheTenant(given) : withUser(given)).select(sql<number>`count(*)`.as('count')),
  )
  const countActive = ofTenant('tenantId', ({ tenantId, active }: { tenantId: string; active: number | boolean }) =>
    db
      .selectFrom('memberships')
      .where('tenant_id', '=', tenantId)
      .where('active', '=', active)
      .select(({ fn }) => fn.countAll<number>().as('count')),
  )
  const countByUser = acrossTenants(({ userId }: { userId: string }) =>
    db
      .selectFrom('memberships')
      .where('memberships.user_id', '=', userId)
      .where(statusOfTenant(db, 'memberships.tenant_id'), '<>', sql.lit('deleted' as const))
      .select(({ fn }) => fn.countAll<number>().as('count')),
  )
  const countByOrganization = acrossTenants(({ organizationId }: { organizationId: string }) =>
    db
      .selectFrom('memberships')
      .innerJoin('tenants', 'tenants.id', 'memberships.tenant_id')
      .where('tenants.organization_id', '=', organizationId)
      .where('tenants.status', '<>', sql.lit('deleted' as const))
      .where('memberships.active', '=', sql.lit(dialect.boolean(true)))
      .select(({ fn }) => fn.count<number>('memberships.user_id').distinct().as('count')),
  )
  const listByUser = acrossTenants(({ userId }: { userId: string }) =>
    db.selectFrom('memberships').select(membershipColumns).where('user_id', '=', userId).orderBy('tenant_id'),
  )
  const insert = ofTenant('tenant_id', (row: Insertable<MembershipTable>) => db.insertInto('memberships').values(row), {
    deferrable: true,
  })
  const update = ofTenant('tenantId', ({ tenantId, userId, ...set }: Updateable<MembershipTable> & MembershipKey) =>
    db.updateTable('memberships').set(set).where('tenant_id', '=', tenantId).where('user_id', '=', userId),
  )
  const hold = ofTenant('tenantId', ({ tenantId, userId }: MembershipKey) =>
    db
      .updateTable('memberships')
      .set((eb) => ({ created_at: eb.ref('created_at') }))
      .where('tenant_id', '=', tenantId)
      .where('user_id', '=', userId),
  )
  const remove = ofTenant('tenantId', ({ tenantId, userId }: MembershipKey) =>
    db.deleteFrom('memberships').where('tenant_id', '=', tenantId).where('user_id', '=', userId),
  )
  const insertRole = ofTenant(
    'tenant_id',
    (row: { tenant_id: string; user_id: string; role: string }) => db.insertInto('membership_roles').values(row),
    { deferrable: true },
  )
  const removeRoles = ofTenant('tenantId', ({ tenantId, userId }: MembershipKey) =>
    db.deleteFrom('membership_roles').where('tenant_id', '=', tenantId).where('user_id', '=', userId),
  )

  const listHolders = holders({ db, dialect })
  const many = manyMemberships({ db, dialect })
  const inTheTenant = memberCount({ db, dialect })
  const reads = (executor: Executor): MembershipReads => ({
    ...listHolders(executor),
    async find({ tenantId, userId }) {
      const row = await find.first(executor, { tenantId, userId })
      return row && toMember(row)
    },
    async list({ tenantId, role, keyword, page }) {
      const pattern = keywordPattern(keyword)
      return (await list.all(executor, { tenantId, role, pattern, ...pageArguments(page) })).map(toMember)
    },
    async count({ tenantId, role, keyword }) {
      if (role === undefined && keyword === undefined) return inTheTenant.find(executor, tenantId)
      return (await count.first(executor, { tenantId, role, pattern: keywordPattern(keyword) }))?.count ?? 0
    },
    async countActive(tenantId) {
      return (await countActive.first(executor, { tenantId, active: dialect.boolean(true) }))?.count ?? 0
    },
    async countByUser(userId) {
      return (await countByUser.first(executor, { userId }))?.count ?? 0
    },
    async countByOrganization(organizationId) {
      return (await countByOrganization.first(executor, { organizationId }))?.count ?? 0
    },
    listMemberIds: (query) => many.listMemberIds(executor, query),
    async listByUser(userId) {
      return (await listByUser.all(executor, { userId })).map(toMembership)
    },
  })

  const repository = (executor: Executor): MembershipRepository => {
    async function insertRoles({ tenantId, userId, roles }: Pick<Membership, 'tenantId' | 'userId' | 'roles'>) {
      for (const role of roles) await insertRole.affect(executor, { tenant_id: tenantId, user_id: userId, role })
    }

    return {
      ...reads(executor),
      async insert(membership) {
        await insert.affect(executor, { tenant_id: membership.tenantId, ...fromMembership(membership, dialect) })
        await insertRoles(membership)
        await inTheTenant.change(executor, membership.tenantId, 1)
      },
      insertMany: (memberships) => many.insert(executor, memberships),
      async update({ tenantId, userId, set }) {
        const columns = fromChanges(set, dialect)
        const empty = Object.values(columns).every((value) => value === undefined)
        // A column set to itself takes the row's lock and tells whether it exists.
        const changed = empty
          ? await hold.affect(executor, { tenantId, userId })
          : await update.affect(executor, { ...columns, tenantId, userId })
        if (changed === 0) return false
        if (set.roles === undefined) return true
        await removeRoles.affect(executor, { tenantId, userId })
        await insertRoles({ tenantId, userId, roles: set.roles })
        return true
      },
      async delete({ tenantId, userId }) {
        const removed = (await remove.affect(executor, { tenantId, userId })) > 0
        if (removed) await inTheTenant.change(executor, tenantId, -1)
        return removed
      },
    }
  }

  return { reads, repository }
}
