import type { UserFilter, UserReads } from '@tenantry/core'
import { sql } from 'kysely'
import type { Sql } from '../database/dialect.js'
import { onePage, pageArguments, type PageArguments } from '../statements/keyset.js'
import { keywordPattern, matchesKeyword } from '../statements/keyword.js'
import { acrossTenants, statement, type Executor } from '../statements/statement.js'
import { isUnseen } from './unseen.js'
import { foldedColumns, toUser, userColumns } from './user-rows.js'

/** What a list is narrowed to, as values of a statement. */
interface Filter {
  readonly pattern: string | undefined
  readonly emailKey: string | undefined
}

/** The same, and whom the list is for. The list of tenants is JSON. */
interface Known extends Filter {
  readonly knownTo: string
  readonly tenantIds: string
}

function toFilter({ keyword, emailKey }: UserFilter): Filter {
  return { pattern: keywordPattern(keyword), emailKey }
}

function toKnown({ userId, tenantIds }: NonNullable<UserFilter['knownTo']>) {
  return { knownTo: userId, tenantIds: JSON.stringify(tenantIds) }
}

/** Lists of accounts: of all there are, and of those that a person knows. */
export function userLists({ db, dialect }: Sql) {
  const every = ({ pattern, emailKey }: Filter) => {
    let query = db.selectFrom('users').where('users.status', '<>', sql.lit('deleted' as const))
    if (pattern !== undefined) query = query.where(matchesKeyword(pattern, ...foldedColumns))
    return emailKey === undefined ? query : query.where('users.email_key', '=', emailKey)
  }
  const list = statement((given: PageArguments & Filter) =>
    onePage(every(given).select(userColumns), ['created_at', 'id'], 'ascending', given),
  )
  const count = statement((given: Filter) => every(given).select(({ fn }) => fn.countAll<number>().as('count')))

  // Read from the person outwards: of all accounts only those that a person may know are looked up, each by its id.
  const known = (given: Known) => {
    const { emailKey, knownTo, tenantIds } = given
    const at = 'users.created_at as at'
    const place = every(given).select(at).where('users.id', '=', sql.ref<string>('memberships.user_id'))
    let memberUsers = db
      .selectFrom('memberships')
      .select('memberships.user_id as id')
      // `null` for one who is not listed.
      .select(() => place.$asScalar().$castTo<number>().as('at'))
      .where(dialect.among(sql.ref('memberships.tenant_id'), sql`(${dialect.jsonArrayTexts(sql.val(tenantIds))})`))
      .where((memberUser) => memberUser.not(isUnseen(memberUser)))
    if (emailKey !== undefined)
      memberUsers = memberUsers.where(
        'memberships.user_id',
        '=',
        db.selectFrom('users').select('id').where('email_key', '=', emailKey),
      )
    const people = every(given)
      .select(['users.id', at])
      .where('users.id', '=', knownTo)
      .union(every(given).select(['users.id', at]).where('users.created_by', '=', knownTo))
      .union(memberUsers)
    return db.selectFrom(people.as('known')).where('known.at', 'is not', null)
  }
  const listKnown = acrossTenants((given: PageArguments & Known) => {
    const keys = onePage(known(given).select('known.id'), ['known.at', 'known.id'], 'ascending', given)
    return db
      .selectFrom('users')
      .select(userColumns)
      .where(dialect.among(sql.ref('users.id'), keys))
      .orderBy('created_at')
      .orderBy('id')
  })
  const countKnown = acrossTenants((given: Known) => known(given).select(({ fn }) => fn.countAll<number>().as('count')))

  return (executor: Executor): Pick<UserReads, 'list' | 'count'> => ({
    async list({ page, knownTo, ...filter }) {
      const given = { ...toFilter(filter), ...pageArguments(page) }
      const rows = knownTo
        ? await listKnown.all(executor, { ...given, ...toKnown(knownTo) })
        : await list.all(executor, given)
      return rows.map(toUser)
    },
    async count({ knownTo, ...filter }) {
      const given = toFilter(filter)
      const row = knownTo
        ? await countKnown.first(executor, { ...given, ...toKnown(knownTo) })
        : await count.first(executor, given)
      return row?.count ?? 0
    },
  })
}
