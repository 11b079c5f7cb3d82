import type {
  Membership,
  MembershipChanges,
  MembershipOfUser,
  MembershipReads,
  MembershipRepository,
  Overrides,
} from '@tenantry/core'
import { sql, type ExpressionBuilder, type Insertable, type Selection, type Updateable } from 'kysely'
import type { MembershipTable, Tables } from './database.js'
import type { Sql, StorageDialect } from './dialect.js'
import { fromJson } from './json.js'
import { beyond, pageArguments, type PageArguments } from './keyset.js'
import { keywordPattern, matchesKeyword } from './keyword.js'
import { statement, type Executor } from './statement.js'
import { toUser, userColumns } from './users.js'

export const membershipColumns = [
  'memberships.tenant_id as m_tenant_id',
  'memberships.user_id as m_user_id',
  'memberships.active as m_active',
  'memberships.overrides as m_overrides',
  'memberships.invited_by as m_invited_by',
  'memberships.last_active_at as m_last_active_at',
  'memberships.created_at as m_created_at',
] as const

/**
 * The roles of the row's membership, to be selected beside {@link membershipColumns}. Where the tenant is known, it is
 * named: a database that is spread over servers by tenant looks at each table's condition alone.
 */
export function roleList(eb: ExpressionBuilder<Tables, 'memberships'>, dialect: StorageDialect, tenantId?: string) {
  return eb
    .selectFrom('membership_roles')
    .where('membership_roles.tenant_id', '=', tenantId ?? eb.ref('memberships.tenant_id'))
    .whereRef('membership_roles.user_id', '=', 'memberships.user_id')
    .select(dialect.jsonArray(sql.ref('membership_roles.role'), sql.ref('membership_roles.position')).as('roles'))
    .as('m_roles')
}

export type MembershipRow = Selection<Tables, 'memberships', (typeof membershipColumns)[number]> & { m_roles: unknown }

export function toMembership(row: MembershipRow): Membership {
  return {
    tenantId: row.m_tenant_id,
    userId: row.m_user_id,
    roles: fromJson<string[]>(row.m_roles),
    active: Boolean(row.m_active),
    overrides: fromJson<Overrides>(row.m_overrides),
    invitedBy: row.m_invited_by,
    lastActiveAt: row.m_last_active_at,
    createdAt: row.m_created_at,
  }
}

function toMember(row: MembershipRow & Parameters<typeof toUser>[0]): MembershipOfUser {
  return { ...toMembership(row), user: toUser(row) }
}

export function memberships({ db, dialect }: Sql) {
  const everyMember = () => db.selectFrom('memberships').innerJoin('users', 'users.id', 'memberships.user_id')
  const find = statement((key: { tenantId: string; userId: string }) =>
    everyMember()
      .select(membershipColumns)
      .select(userColumns)
      .select((eb) => roleList(eb, dialect, key.tenantId))
      .where('memberships.tenant_id', '=', key.tenantId)
      .where('memberships.user_id', '=', key.userId),
  )
  const listed = (given: { tenantId: string; role: string | undefined; pattern: string | undefined }) => {
    const { tenantId, role, pattern } = given
    let query = everyMember().where('memberships.tenant_id', '=', tenantId)
    if (role !== undefined) {
      const holders = db.selectFrom('membership_roles').select('membership_roles.user_id')
      const ofRole = holders.where('membership_roles.tenant_id', '=', tenantId).where('role', '=', role)
      query = query.where('memberships.user_id', 'in', ofRole)
    }
    return pattern === undefined ? query : query.where(matchesKeyword(pattern))
  }
  const list = statement(
    (given: PageArguments & { tenantId: string; role: string | undefined; pattern: string | undefined }) => {
      const position = ['memberships.created_at', 'memberships.user_id'] as const
      let query = listed(given)
        .select(membershipColumns)
        .select(userColumns)
        .select((eb) => roleList(eb, dialect, given.tenantId))
        .orderBy(position[0])
        .orderBy(position[1])
        .limit(given.limit)
      if (given.afterAt !== undefined) query = query.where(beyond(position, 'ascending', given))
      return given.offset === undefined ? query : query.offset(given.offset)
    },
  )
  const count = statement((given: { tenantId: string; role: string | undefined; pattern: string | undefined }) =>
    listed(given).select(({ fn }) => fn.countAll<number>().as('count')),
  )
  const countByUser = statement(({ userId }: { userId: string }) =>
    db
      .selectFrom('memberships')
      .innerJoin('tenants', 'tenants.id', 'memberships.tenant_id')
      .where('memberships.user_id', '=', userId)
      .where('tenants.status', '<>', sql.lit('deleted' as const))
      .select(({ fn }) => fn.countAll<number>().as('count')),
  )
  const listByUser = statement(({ userId }: { userId: string }) =>
    db
      .selectFrom('memberships')
      .select(membershipColumns)
      .select((eb) => roleList(eb, dialect))
      .where('user_id', '=', userId)
      .orderBy('tenant_id'),
  )
  const insert = statement((row: Insertable<MembershipTable>) => db.insertInto('memberships').values(row))
  const update = statement(
    ({ tenantId, userId, ...set }: Updateable<MembershipTable> & { tenantId: string; userId: string }) =>
      db.updateTable('memberships').set(set).where('tenant_id', '=', tenantId).where('user_id', '=', userId),
  )
  const hold = statement(({ tenantId, userId }: { tenantId: string; userId: string }) =>
    db
      .updateTable('memberships')
      .set((eb) => ({ created_at: eb.ref('created_at') }))
      .where('tenant_id', '=', tenantId)
      .where('user_id', '=', userId),
  )
  const remove = statement(({ tenantId, userId }: { tenantId: string; userId: string }) =>
    db.deleteFrom('memberships').where('tenant_id', '=', tenantId).where('user_id', '=', userId),
  )
  const insertRole = statement((row: { tenant_id: string; user_id: string; role: string; position: number }) =>
    db.insertInto('membership_roles').values(row),
  )
  const removeRoles = statement(({ tenantId, userId }: { tenantId: string; userId: string }) =>
    db.deleteFrom('membership_roles').where('tenant_id', '=', tenantId).where('user_id', '=', userId),
  )

  const reads = (executor: Executor): MembershipReads => ({
    async find({ tenantId, userId }) {
      const row = await find.first(executor, { tenantId, userId })
      return row && toMember(row)
    },
    async list({ tenantId, role, keyword, page }) {
      const pattern = keywordPattern(keyword)
      return (await list.all(executor, { tenantId, role, pattern, ...pageArguments(page) })).map(toMember)
    },
    async count({ tenantId, role, keyword }) {
      return (await count.first(executor, { tenantId, role, pattern: keywordPattern(keyword) }))?.count ?? 0
    },
    async countByUser(userId) {
      return (await countByUser.first(executor, { userId }))?.count ?? 0
    },
    async listByUser(userId) {
      return (await listByUser.all(executor, { userId })).map(toMembership)
    },
  })

  const repository = (executor: Executor): MembershipRepository => {
    async function insertRoles({ tenantId, userId, roles }: Pick<Membership, 'tenantId' | 'userId' | 'roles'>) {
      for (const [position, role] of roles.entries())
        await insertRole.affect(executor, { tenant_id: tenantId, user_id: userId, role, position })
    }

    return {
      ...reads(executor),
      async insert(membership) {
        await insert.affect(executor, {
          tenant_id: membership.tenantId,
          user_id: membership.userId,
          active: dialect.boolean(membership.active),
          overrides: JSON.stringify(membership.overrides),
          invited_by: membership.invitedBy,
          last_active_at: membership.lastActiveAt,
          created_at: membership.createdAt,
        })
        await insertRoles(membership)
      },
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
        return (await remove.affect(executor, { tenantId, userId })) > 0
      },
    }
  }

  return { reads, repository }
}

function fromChanges(set: MembershipChanges, dialect: StorageDialect): Updateable<MembershipTable> {
  return {
    active: set.active === undefined ? undefined : dialect.boolean(set.active),
    overrides: set.overrides && JSON.stringify(set.overrides),
    last_active_at: set.lastActiveAt,
  }
}
