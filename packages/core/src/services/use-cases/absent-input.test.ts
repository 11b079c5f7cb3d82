import { beforeEach, describe, expect, it } from 'vitest'
import { tenancyFixture } from '../../testing/fixtures/tenancy.js'

type Call = (input?: unknown) => Promise<unknown>

/** Every call below an object, by its path, nouns in nouns included. */
function callsOf(factories: object, path = ''): [string, Call][] {
  return Object.entries(Object.getOwnPropertyDescriptors(factories)).flatMap(([name]): [string, Call][] => {
    const value: unknown = Reflect.get(factories, name)
    if (name === 'actor' || name === 'in' || name === 'organization') return []
    // What is no noun is a call.
    if (typeof value === 'function') return [[`${path}${name}`, value as Call]]
    return typeof value === 'object' && value !== null ? callsOf(value, `${path}${name}.`) : []
  })
}

describe('a call without an argument', () => {
  let fixture: Awaited<ReturnType<typeof tenancyFixture>>
  let calls: [string, Call][]

  beforeEach(async () => {
    fixture = await tenancyFixture()
    const ann = await fixture.user('ann', { superuser: true })
    const { id } = await ann.tenants.create({ name: 'Acme' })
    calls = [...callsOf(ann), ...callsOf(ann.in(id), 'in.'), ...callsOf(ann.organization('none'), 'inOrganization.')]
  })

  it('is good for what takes nothing that is required', async () => {
    const { eventDelivery, emails, notifications, tenants, users } = fixture.system
    for (const call of [
      eventDelivery.backlog,
      emails.backlog,
      notifications.backlog,
      eventDelivery.listDeadLetters,
      emails.listDeadLetters,
    ])
      expect(await call()).toBeTypeOf('object')
    expect(await tenants.listAll()).toMatchObject({ items: [{ name: 'Acme' }] })
    expect(await users.list()).toMatchObject({ items: [{ id: 'ann' }] })
  })

  it('is otherwise refused for the field that is missing, wherever it is made', async () => {
    expect(calls.length).toBeGreaterThan(80)
    for (const [name, call] of calls) {
      const error: unknown = await Promise.resolve()
        .then(() => call())
        .catch((error: unknown) => error)
      if (!(error instanceof Error)) continue
      expect([name, error.name]).toEqual([name, 'TenancyError'])
      expect([name, error.message]).not.toEqual([name, expect.stringMatching(/^input: .*received undefined/)])
    }
  })
})
