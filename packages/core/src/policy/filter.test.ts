import { describe, expect, it } from 'vitest'
import { toSubject } from './decide.js'
import { rowCondition, type FilterColumns } from './filter.js'
import { compilePolicy } from './policy.js'
import { toRowFilter } from './row-filter.js'

const policy = compilePolicy({ resources: { invoice: ['read', 'approve'] } })
const viewer = { roles: ['viewer'], active: true, overrides: {} }

type Facts = Parameters<typeof toSubject>[1]

function filterFor(permission: string, columns?: FilterColumns, facts: Partial<Facts> = {}) {
  const subject = toSubject(policy, {
    tenant: { id: 'acme', status: 'active' },
    user: { id: 'ann', status: 'active' },
    membership: viewer,
    customRoles: [],
    ...facts,
  })
  return toRowFilter(rowCondition(policy, subject, permission, columns))
}

const nothing = { sql: '1 = 0', parameters: [] }
const everything = { sql: '1 = 1', parameters: [] }

describe('a filter', () => {
  it('is one condition, in which names are quoted and values are parameters', () => {
    const columns = { owner: 'i.owner_id', visibility: 'i.visibility', sharedTenant: 'i.lent_to', tenant: 'i.tenant' }
    expect(filterFor('invoice:read', columns).toSql()).toEqual({
      sql:
        '((("i"."tenant" is not null and "i"."tenant" = ?) or ("i"."lent_to" is not null and "i"."lent_to" = ?))' +
        ' and (("i"."owner_id" is not null and "i"."owner_id" = ?)' +
        ' or (("i"."visibility" is not null and "i"."visibility" = ?)' +
        ' and ("i"."lent_to" is null or ("i"."lent_to" is not null and "i"."lent_to" = ?)))))',
      parameters: ['acme', 'acme', 'ann', 'tenant', 'acme'],
    })
  })

  it('numbers its parameters from where the statement is', () => {
    const membership = { ...viewer, roles: ['gone'] }
    const filter = filterFor('invoice:read', { owner: 'owner_id' }, { membership })
    expect(filter.toSql({ placeholder: '$', first: 4 })).toEqual({
      sql: '(("tenant_id" is not null and "tenant_id" = $4) and ("owner_id" is not null and "owner_id" = $5))',
      parameters: ['acme', 'ann'],
    })
  })

  it('is the same for Kysely, in nodes none of which is text', () => {
    const filter = filterFor('invoice:read', { owner: 'i.owner_id' })
    expect(JSON.stringify(filter.toOperationNode())).not.toContain('RawNode')
    expect(filterFor('invoice:read', { tenant: null }).toOperationNode()).toEqual({
      kind: 'BinaryOperationNode',
      leftOperand: { kind: 'ValueNode', value: 1, immediate: true },
      operator: { kind: 'OperatorNode', operator: '=' },
      rightOperand: { kind: 'ValueNode', value: 1, immediate: true },
    })
    expect(Object.isFrozen(filter)).toBe(true)
  })

  it('is made of the nodes that Kysely makes for it', () => {
    const reference = (column: string) => ({
      kind: 'ReferenceNode',
      column: { kind: 'ColumnNode', column: { kind: 'IdentifierNode', name: column } },
      table: {
        kind: 'TableNode',
        table: { kind: 'SchemableIdentifierNode', identifier: { kind: 'IdentifierNode', name: 'i' } },
      },
    })
    const operation = (column: string, operator: string, rightOperand: object) => ({
      kind: 'BinaryOperationNode',
      leftOperand: reference(column),
      operator: { kind: 'OperatorNode', operator },
      rightOperand: { kind: 'ValueNode', ...rightOperand },
    })
    const and = (left: object, right: object) => ({ kind: 'ParensNode', node: { kind: 'AndNode', left, right } })
    const or = (left: object, right: object) => ({ kind: 'ParensNode', node: { kind: 'OrNode', left, right } })
    const equals = (column: string, value: string) =>
      and(operation(column, 'is not', { value: null, immediate: true }), operation(column, '=', { value }))
    const columns = { tenant: null, owner: 'i.owner_id', visibility: 'i.visibility', sharedTenant: 'i.lent_to' }
    expect(filterFor('invoice:read', columns).toOperationNode()).toEqual(
      or(
        equals('owner_id', 'ann'),
        and(
          equals('visibility', 'tenant'),
          or(operation('lent_to', 'is', { value: null, immediate: true }), equals('lent_to', 'acme')),
        ),
      ),
    )
    const { table, ...plain } = reference('owner_id')
    const membership = { ...viewer, roles: ['gone'] }
    expect(filterFor('invoice:read', { tenant: null, owner: 'owner_id' }, { membership }).toOperationNode()).toEqual(
      and(
        { ...operation('owner_id', 'is not', { value: null, immediate: true }), leftOperand: plain },
        { ...operation('owner_id', '=', { value: 'ann' }), leftOperand: plain },
      ),
    )
    expect(filterFor('invoice:approve', { tenant: null }).toOperationNode()).toMatchObject({
      rightOperand: { kind: 'ValueNode', value: 0, immediate: true },
    })
  })

  it('is never empty, not even where every row may be seen', () => {
    expect(filterFor('invoice:read', { tenant: null }).toSql()).toEqual(everything)
    expect(filterFor('invoice:read', { tenant: null, owner: 'owner_id' }).toSql()).toEqual(everything)
  })

  it.each([
    'invoice:fly',
    'invoce:read',
    'invoice:*',
    '*',
    '',
    '__proto__',
    'constructor',
    'tenant:read',
    'member:read',
  ])('matches no row for %j, which is not a declared permission', (name) => {
    const membership = { ...viewer, roles: ['owner'] }
    expect(filterFor(name, { tenant: null, owner: 'owner_id' }, { membership }).toSql()).toEqual(nothing)
  })

  it('matches no row for a caller without access', () => {
    const all = { tenant: null, owner: 'owner_id' }
    const owner = { ...viewer, roles: ['owner'] }
    const denial: Partial<Facts>[] = [
      { membership: null },
      { membership: { ...owner, active: false } },
      { membership: owner, user: { id: 'ann', status: 'disabled' } },
      { membership: owner, tenant: { id: 'acme', status: 'suspended' } },
    ]
    for (const facts of denial) expect(filterFor('invoice:read', all, facts).toSql()).toEqual(nothing)
    expect(filterFor('invoice:approve', { tenant: null }).toSql()).toEqual(nothing)
    expect(filterFor('invoice:approve').toSql()).toEqual(nothing)
  })

  it('leaves out what is one’s own where owning gives nothing, and one has no permission', () => {
    const all = { tenant: null, owner: 'owner_id', visibility: 'visibility' }
    expect(filterFor('invoice:approve', all).toSql()).toEqual(nothing)
    const membership = { ...viewer, overrides: { 'invoice:approve': true } }
    expect(filterFor('invoice:approve', all, { membership }).toSql().parameters).toEqual(['ann', 'tenant'])
  })

  it.each([
    { tenant: '' },
    { tenant: 'tenant_id"' },
    { tenant: 'tenant_id = 1 or 1' },
    { tenant: 'a.b.c' },
    { tenant: '.id' },
    { tenant: 'i.' },
    { tenant: '1st' },
    { tenant: 'x'.repeat(64) },
    { tenant: 'a\0b' },
    { tenant: undefined },
    { tenant: 7 },
    { owner: null },
    { owner: undefined },
    { owner: ['owner_id'] },
    { visibility: null },
    { visiblity: 'visibility' },
    { ownerId: 'owner_id' },
    { __proto__: null, sharedTenantId: 'lent_to' },
    'tenant_id',
  ])('refuses %j as columns, whatever may be seen', (columns) => {
    // What a host without types may hand in.
    const why = /^filter: "\w+" (is no fact about a row|needs the name of a column, not )/
    for (const name of ['invoice:read', 'invoice:fly']) {
      expect(() => filterFor(name, columns as never)).toThrow(TypeError)
      expect(() => filterFor(name, columns as never)).toThrow(why)
    }
  })

  it.each([
    { placeholder: ':' },
    { placeholder: '' },
    { first: 0 },
    { first: 1.5 },
    { first: NaN },
    { first: '1; drop table invoice' },
  ])('refuses to write SQL with %j', (options) => {
    // What a host without types may hand in.
    const write = () => filterFor('invoice:read').toSql(options as never)
    expect(write).toThrow(TypeError)
    expect(write).toThrow('first' in options ? 'toSql: first is' : 'toSql: placeholder is')
  })

  it('takes names of every alphabet and in capitals, which it quotes', () => {
    expect(filterFor('invoice:read', { tenant: 'Rechnung.mandant_ähnlich$1' }).toSql().sql).toContain(
      '"Rechnung"."mandant_ähnlich$1" = ?',
    )
  })
})
