import { describe, expect, it } from 'vitest'
import { forgetTenantPredicates } from './tenant-predicates.js'

const forget = (text: string) => forgetTenantPredicates('query.ts', text).map((one) => [one.predicate, one.text])

describe('forgetting a tenant predicate', () => {
  it('leaves out one of them at a time', () => {
    expect(forget(`db.where('tenant_id', '=', a).where('id', '=', b).where('files.tenant_id', '=', c)`)).toEqual([
      [`.where('files.tenant_id', '=', c)`, `db.where('tenant_id', '=', a).where('id', '=', b)`],
      [`.where('tenant_id', '=', a)`, `db.where('id', '=', b).where('files.tenant_id', '=', c)`],
    ])
  })

  it('finds those of joins, and of the tenants themselves', () => {
    expect(forget(`join.onRef('m.tenant_id', '=', 't.id').on('tenants.id', '=', a)`).map(([one]) => one)).toEqual([
      `.on('tenants.id', '=', a)`,
      `.onRef('m.tenant_id', '=', 't.id')`,
    ])
  })

  it('leaves other predicates alone', () => {
    expect(forget(`db.where('user_id', '=', tenant_id).select('tenant_id')`)).toEqual([])
  })
})
