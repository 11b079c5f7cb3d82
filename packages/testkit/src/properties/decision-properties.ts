import type { FilterColumns, ResourceAttributes } from '@tenantry/core'
import fc from 'fast-check'
import { anyHostPermission } from './any-host-permission.js'
import { anyPermission } from '../arbitraries/any-permission.js'
import { anyResource } from '../arbitraries/any-resource.js'
import { anySubject } from '../arbitraries/any-subject.js'
import { withCases } from '../arbitraries/with-cases.js'
import { doing, whoIs } from './describe.js'
import { propertyOfAny } from './policy-property.js'
import type { PolicyProperty } from './policy-property.js'
import { rowMatches } from './row-matches.js'
import type { Row } from './row-matches.js'

/** That every way to ask answers the same. */
export const decisionProperties: readonly PolicyProperty[] = [
  propertyOfAny({
    id: 'explain-is-can',
    sentence: 'explain, canAll, canAny, canMany and permissions say what can says',
    cases: ({ rules }) => [anySubject(rules), anyPermission(rules), anyResource()],
    broken(underTest, [facts, permission, resource]) {
      const access = underTest.createAccess(facts)
      const can = access.can(permission, resource)
      const says = {
        explain: access.explain(permission, resource).allowed === can,
        canAll: access.canAll([permission, permission], resource) === can,
        canAny: access.canAny([permission, permission], resource) === can,
        canMany: access.canMany([{ permission, resource }]).every((one) => one === can),
        permissions: access.permissions().includes(permission) === access.can(permission),
      }
      const differing = Object.entries(says).flatMap(([name, isSame]) => (isSame ? [] : [name]))
      if (differing.length === 0) return null
      const what = doing(underTest, permission, resource, facts.user.id)
      return `${whoIs(facts)} ${can ? 'may' : 'may not'} ${what}, and ${differing.join(', ')} answer otherwise`
    },
  }),
  propertyOfAny({
    id: 'filter-is-can',
    sentence: 'a filter finds exactly the rows that can allows',
    cases: ({ rules }) => [anySubject(rules), anyHostPermission(rules), anyRow(), anyColumns()],
    broken(underTest, [facts, permission, row, columns]) {
      if (permission === null) return null
      const access = underTest.createAccess(facts)
      const can = access.can(permission, factsOf(row, columns))
      if (rowMatches(access.filter(permission, columns).toOperationNode(), row) === can) return null
      const what = `do ${permission} on the row ${JSON.stringify(row)}`
      return `${whoIs(facts)} ${can ? 'may' : 'may not'} ${what}, which a filter ${can ? 'misses' : 'finds'}`
    },
  }),
]

const COLUMNS = { owner: 'owner_id', visibility: 'visibility', sharedTenant: 'shared_tenant_id' } as const

/** The columns that a host names, and those it does not. */
function anyColumns(): fc.Arbitrary<FilterColumns> {
  const tenant = fc.constantFrom('tenant_id', null)
  const random = fc.tuple(tenant, fc.subarray(Object.entries(COLUMNS))).map(([name, others]): FilterColumns => {
    return { tenant: name, ...Object.fromEntries(others) }
  })
  const { owner, visibility, sharedTenant } = COLUMNS
  const all: FilterColumns = { tenant: 'tenant_id', ...COLUMNS }
  const some = [
    ...[{}, { owner }, { visibility }, { sharedTenant }, { owner, visibility }],
    ...[
      { owner, sharedTenant },
      { visibility, sharedTenant },
    ],
  ]
  const other = some.map((columns) => ({ tenant: 'tenant_id', ...columns }))
  return withCases(random, { ordinary: [all], other: [...other, { ...all, tenant: null }] })
}

function anyRow(): fc.Arbitrary<Row> {
  const tenants = ['tenant-1', 'tenant-2', null]
  const owners = ['user-2', 'user-1', null]
  const visibilities = ['tenant', 'private', null]
  const random = fc.record({
    tenant_id: fc.constantFrom(...tenants),
    owner_id: fc.constantFrom(...owners),
    visibility: fc.constantFrom(...visibilities),
    shared_tenant_id: fc.constantFrom(null, ...tenants),
  })
  const here = { tenant_id: 'tenant-1', shared_tenant_id: null }
  const owned = owners.flatMap((owner_id) => visibilities.map((visibility) => ({ owner_id, visibility })))
  const placed = tenants.flatMap((tenant_id) => tenants.map((shared_tenant_id) => ({ tenant_id, shared_tenant_id })))
  const known = owned.filter(({ owner_id, visibility }) => owner_id !== null && visibility !== null)
  return withCases<Row>(random, {
    ordinary: known.map((one) => ({ ...one, ...here })),
    other: [
      ...owned.map((one) => ({ ...one, ...here })),
      ...known.flatMap((one) => placed.map((place) => ({ ...one, ...place }))),
    ],
  })
}

/** The facts that a host would take from the row for `can`, of the columns it names. */
function factsOf(row: Row, { tenant, owner, visibility, sharedTenant }: FilterColumns): ResourceAttributes {
  const facts = {
    ...(tenant ? { tenantId: row[tenant] } : {}),
    ...(owner ? { ownerId: row[owner] } : {}),
    ...(visibility ? { visibility: row[visibility] } : {}),
    ...(sharedTenant ? { sharedTenantId: row[sharedTenant] } : {}),
  }
  // A column may hold what the type does not name; it counts as private.
  return facts as ResourceAttributes
}
