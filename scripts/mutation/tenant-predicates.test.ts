import { describe, expect, it } from 'vitest'
import { forgetTenantPredicates } from './tenant-predicates.js'

const forget = (text: string) => forgetTenantPredicates('query.ts', text).map((one) => [one.predicate, one.text])

describe('forgetTenantPredicates', () => {
  it('removes one predicate at a time', () => {
    expect(forget(`db.where('tenant_id', '=', a).where('id', '=', b).where('files.tenant_id', '=', c)`)).toEqual([
      [`.where('files.tenant_id', '=', c)`, `db.where('tenant_id', '=', a).where('id', '=', b)`],
      [`.where('tenant_id', '=', a)`, `db.where('id', '=', b).where('files.tenant_id', '=', c)`],
    ])
  })

  it('finds predicates of joins and of the tenants table', () => {
    expect(forget(`join.onRef('m.tenant_id', '=', 't.id').on('tenants.id', '=', a)`).map(([one]) => one)).toEqual([
      `.on('tenants.id', '=', a)`,
      `.onRef('m.tenant_id', '=', 't.id')`,
    ])
  })

  it('finds separate conditions, and joins only by tenant', () => {
    expect(forget(`eb.or([eb('tenant_id', '=', a), eb('id', '=', b)])`)).toEqual([
      [`eb('tenant_id', '=', a)`, `eb.or([eb.lit(true), eb('id', '=', b)])`],
    ])
    expect(forget(`db.innerJoin('r', 'r.tenant_id', 'm.tenant_id').innerJoin('u', 'u.id', 'm.user_id')`)).toEqual([
      [
        `'r.tenant_id', 'm.tenant_id'`,
        `db.innerJoin('r', (join) => join.onTrue()).innerJoin('u', 'u.id', 'm.user_id')`,
      ],
    ])
  })

  it('finds predicates in raw SQL', () => {
    const [one, other] = ['tenant_id = ${id}', '${owner} = ${given.owner}']
    expect(forget('sql`delete from t where ' + one + ' and a = ${b} or ' + other + '`')).toEqual([
      [one, 'sql`delete from t where true and a = ${b} or ' + other + '`'],
      [other, 'sql`delete from t where ' + one + ' and a = ${b} or true`'],
    ])
  })

  it('ignores other predicates', () => {
    expect(forget(`db.where('user_id', '=', tenant_id).select('tenant_id')`)).toEqual([])
  })
})
