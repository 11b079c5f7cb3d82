import type { ResourceFilter, ResourceListQuery, ResourceReads } from '@tenantry/core'
import { sql } from 'kysely'
import type { Sql } from '../database/dialect.js'
import { onePage, type PageArguments } from '../statements/keyset.js'
import { keywordPattern, matchesKeyword } from '../statements/keyword.js'
import { labelList } from './resource-labels.js'
import { resourceColumns, toResource } from './resource-rows.js'
import { ofTenant, type Executor } from '../statements/statement.js'

type Show = ResourceFilter['show']

interface Filter {
  readonly tenantId: string
  readonly type: string
  readonly userId: string
  readonly pattern: string | undefined
}

type ListArguments = PageArguments & Filter

const sortColumns = {
  name: 'name_folded',
  created: 'created_at',
  updated: 'updated_at',
  active: 'active_at',
  size: 'size_bytes',
} as const

const visible = sql.lit('tenant' as const)

/** The lists of resources: a statement for each order and each part that is shown, since neither is a value. */
export function resourceLists({ db, dialect }: Sql) {
  const listed = (show: Show, { tenantId, type, userId, pattern }: Filter) => {
    let query = db.selectFrom('resources').where('tenant_id', '=', tenantId).where('type', '=', type)
    query = query.where('shared_with_tenant_id', 'is', null)
    if (show === 'own') query = query.where('owner_id', '=', userId)
    else if (show === 'others') query = query.where('visibility', '=', visible).where('owner_id', '<>', userId)
    else query = query.where((eb) => eb.or([eb('owner_id', '=', userId), eb('visibility', '=', visible)]))
    return pattern === undefined ? query : query.where(matchesKeyword(pattern, 'name_folded'))
  }
  const listOf = (show: Show, orderBy: keyof typeof sortColumns, direction: 'asc' | 'desc') =>
    ofTenant('tenantId', (given: ListArguments) =>
      onePage(
        listed(show, given)
          .select(resourceColumns)
          .select((eb) => labelList(eb, dialect, given.tenantId)),
        [sortColumns[orderBy], 'id'],
        direction === 'asc' ? 'ascending' : 'descending',
        given,
      ),
    )
  const directions = (show: Show, orderBy: keyof typeof sortColumns) => ({
    asc: listOf(show, orderBy, 'asc'),
    desc: listOf(show, orderBy, 'desc'),
  })
  const orders = (show: Show) => ({
    name: directions(show, 'name'),
    created: directions(show, 'created'),
    updated: directions(show, 'updated'),
    active: directions(show, 'active'),
    size: directions(show, 'size'),
  })
  const counting = (show: Show) =>
    ofTenant('tenantId', (given: Filter) => listed(show, given).select(({ fn }) => fn.countAll<number>().as('count')))
  const labelling = (show: Show) =>
    ofTenant('tenantId', (given: Filter & { kind: string; limit: number }) =>
      db
        .selectFrom(listed(show, given).select('id').as('seen'))
        .innerJoin('resource_labels', (join) =>
          join
            .on('resource_labels.tenant_id', '=', given.tenantId)
            .on('resource_labels.resource_type', '=', given.type)
            .on('resource_labels.kind', '=', given.kind)
            .onRef('resource_labels.resource_id', '=', 'seen.id'),
        )
        .select(({ fn }) => ['resource_labels.label', fn.countAll<number>().as('count')])
        .groupBy('resource_labels.label')
        .orderBy('count', 'desc')
        .orderBy('resource_labels.label')
        .limit(given.limit),
    )
  const labels = { own: labelling('own'), others: labelling('others'), both: labelling('both') }
  const lists = { own: orders('own'), others: orders('others'), both: orders('both') }
  const counts = { own: counting('own'), others: counting('others'), both: counting('both') }

  return (executor: Executor): Pick<ResourceReads, 'list' | 'count' | 'countLabels'> => ({
    async list({ show, orderBy, direction, page, ...filter }: ResourceListQuery) {
      const { limit, offset, after } = page
      const place = { limit, offset, afterAt: after?.at, afterId: after?.id }
      const rows = await lists[show][orderBy][direction].all(executor, { ...argumentsOf(filter), ...place })
      return rows.map(toResource)
    },
    async count({ show, ...filter }) {
      return (await counts[show].first(executor, argumentsOf(filter)))?.count ?? 0
    },
    async countLabels({ show, kind, limit, ...filter }) {
      return labels[show].all(executor, { ...argumentsOf(filter), kind, limit })
    },
  })
}

function argumentsOf({ tenantId, type, userId, keyword }: Omit<ResourceFilter, 'show'>): Filter {
  return { tenantId, type, userId, pattern: keywordPattern(keyword) }
}
