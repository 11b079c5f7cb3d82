import type { ResourceOfUserFilter, ResourceReads } from '@tenantry/core'
import { sql } from 'kysely'
import type { Sql } from '../database/dialect.js'
import { onePage, pageArguments, type PageArguments } from '../statements/keyset.js'
import { keywordPattern, matchesKeyword } from '../statements/keyword.js'
import { labelList } from './resource-labels.js'
import { resourceColumns, toResource } from './resource-rows.js'
import { acrossTenants, type Executor } from '../statements/statement.js'

/** A filter as values of a statement. The lists of tenants are JSON. */
interface Filter {
  readonly userId: string
  readonly type: string
  readonly ownIn: string
  readonly tenantIds: string
  readonly pattern: string | undefined
}

const columns = resourceColumns.map((column) => `resources.${column}` as const)

/** What a person finds in all their tenants, from their memberships. */
export function resourcesOfUser({ db, dialect }: Sql) {
  const seen = ({ userId, type }: Pick<Filter, 'userId' | 'type'>) =>
    db
      .selectFrom('memberships')
      .innerJoin('resources', 'resources.tenant_id', 'memberships.tenant_id')
      .where('memberships.user_id', '=', userId)
      .where('resources.type', '=', type)
      .where('resources.shared_with_tenant_id', 'is', null)
  const find = acrossTenants(({ id, ...named }: Pick<Filter, 'userId' | 'type'> & { readonly id: string }) =>
    seen(named)
      .select(columns)
      .select((eb) => labelList(eb, dialect))
      .where('resources.id', '=', id),
  )
  const listed = ({ ownIn, tenantIds, pattern, ...named }: Filter) => {
    const among = (ids: string) => sql<string>`(${dialect.jsonArrayTexts(sql.val(ids))})`
    const query = seen(named).where((eb) =>
      eb.or([
        eb.and([
          eb('resources.owner_id', '=', named.userId),
          eb.or([eb('resources.tenant_id', 'in', among(ownIn)), eb('resources.owner_tenant_id', 'in', among(ownIn))]),
        ]),
        eb.and([
          eb('resources.visibility', '=', sql.lit('tenant' as const)),
          eb('resources.tenant_id', 'in', among(tenantIds)),
        ]),
      ]),
    )
    return pattern === undefined ? query : query.where(matchesKeyword(pattern, 'resources.name_folded'))
  }
  const list = acrossTenants((given: PageArguments & Filter) =>
    onePage(
      listed(given)
        .select(columns)
        .select((eb) => labelList(eb, dialect)),
      ['resources.created_at', 'resources.id'],
      'descending',
      given,
    ),
  )
  const count = acrossTenants((given: Filter) => listed(given).select(({ fn }) => fn.countAll<number>().as('count')))

  return (executor: Executor): Pick<ResourceReads, 'findForUser' | 'listForUser' | 'countForUser'> => ({
    async findForUser({ userId, type, id }) {
      const found = (await find.all(executor, { userId, type, id })).map(toResource)
      return found.sort((a, b) => Buffer.compare(Buffer.from(a.tenantId), Buffer.from(b.tenantId)))
    },
    async listForUser({ page, ...filter }) {
      return (await list.all(executor, { ...toFilter(filter), ...pageArguments(page) })).map(toResource)
    },
    async countForUser(filter) {
      return (await count.first(executor, toFilter(filter)))?.count ?? 0
    },
  })
}

function toFilter({ userId, type, ownIn, tenantIds, keyword }: ResourceOfUserFilter): Filter {
  const lists = { ownIn: JSON.stringify(ownIn), tenantIds: JSON.stringify(tenantIds) }
  return { userId, type, ...lists, pattern: keywordPattern(keyword) }
}
