import { describe, expect, it } from 'vitest'
import { isTenancyError } from './errors.js'
import { GUEST, SYSTEM } from './services/pipeline/actor.js'
import { tenancyFixture } from './testing/fixtures/tenancy.js'

type Who = 'guests' | 'users' | 'operators' | 'host'

const reason = 'Ticket 4711'
const tenant = { tenantId: 'none' }
const thing = { type: 'invoice', id: 'none' }

/**
 * Every call outside tenants with an input that fits and names nothing there is, and who is let through to be told so:
 * everybody, whoever is signed in, operators and the host's own code, or the host's own code alone. Written from the documents, not from the code.
 */
// prettier-ignore
const CALLS: Readonly<Record<string, readonly [Who, unknown?]>> = {
  'tenants.create':               ['users',     { name: 'Acme' }],
  'tenants.list':                 ['users',     {}],
  'tenants.current':              ['users'],
  'tenants.switch':               ['users',     tenant],
  'tenants.preview':              ['users',     tenant],
  'tenants.join':                 ['users',     tenant],
  'tenants.requestToJoin':        ['users',     tenant],
  'tenants.withdrawJoinRequest':  ['users',     tenant],
  'tenants.readImage':            ['guests',    { ...tenant, setting: 'logoId' }],
  'tenants.listAll':              ['operators', {}],
  'tenants.find':                 ['operators', { id: 'none' }],
  'tenants.setPlan':              ['operators', { ...tenant, plan: 'pro', reason }],
  'tenants.suspend':              ['operators', { ...tenant, reason }],
  'tenants.reactivate':           ['operators', { ...tenant, reason }],
  'tenants.transferOwnership':    ['operators', { ...tenant, userId: 'none', reason }],
  'resources.create':             ['users',     { type: 'invoice', name: 'New' }],
  'resources.get':                ['users',     thing],
  'resources.list':               ['users',     { type: 'invoice' }],
  'resources.update':             ['users',     thing],
  'resources.delete':             ['users',     { type: 'invoice', ids: ['none'] }],
  'organizations.create':         ['operators', { shortName: 'umbrella', adminId: 'plain' }],
  'organizations.list':           ['users'],
  'invitations.preview':          ['guests',    { token: 'none' }],
  'invitations.signUp':           ['guests',    { token: 'none' }],
  'invitations.decline':          ['guests',    { token: 'none' }],
  'invitations.accept':           ['users',     { token: 'none' }],
  'invitations.listMine':          ['users'],
  'invitations.acceptMine':        ['users',     tenant],
  'invitations.declineMine':       ['users',     tenant],
  'users.me':                     ['users'],
  'users.create':                 ['users',     { email: 'new@example.com' }],
  'users.activate':               ['guests',    { token: 'none', password: 'correct horse' }],
  'users.ensure':                 ['operators', { id: 'new', email: 'new@example.com' }],
  'users.update':                 ['users',     { name: 'New' }],
  'users.delete':                 ['users',     {}],
  'users.get':                    ['users',     { userId: 'plain' }],
  'users.list':                   ['users',     {}],
  'users.signUp':                 ['guests',    { email: 'new@example.com', password: 'correct horse' }],
  'users.signIn':                 ['guests',    { email: 'new@example.com', password: 'correct horse' }],
  'users.signOut':                ['guests',    { accessToken: 'none' }],
  'accessTokens.create':          ['users',     {}],
  'accessTokens.list':            ['users',     {}],
  'accessTokens.revoke':          ['users',     { tokenId: 'none' }],
  'accessTokens.issueExternal':   ['host',      { issuer: 'https://idp.example', email: 'new@example.com', clientId: 'cli', deviceLabel: 'Laptop' }],
  'devices.start':                ['guests',    { clientId: 'cli', label: 'Laptop' }],
  'devices.lookUp':               ['guests',    { userCode: 'BCDF-2345' }],
  'devices.exchange':             ['guests',    { deviceCode: 'none', clientId: 'cli' }],
  'devices.approve':              ['users',     { userCode: 'BCDF-2345' }],
  'devices.deny':                 ['users',     { userCode: 'BCDF-2345' }],
  'notifications.list':           ['users',     {}],
  'notifications.markRead':       ['users',     { notificationId: 'none' }],
  'notifications.markAllRead':    ['users'],
  'notifications.preferences.get':    ['users'],
  'notifications.preferences.update': ['users', { resource_created: 'off' }],
  'notifications.backlog':        ['operators', {}],
  'emails.backlog':                ['operators', {}],
  'emails.listDeadLetters':               ['operators', {}],
  'emails.retry':                  ['operators', { emailId: 'none' }],
  'eventDelivery.backlog':                ['operators', {}],
  'eventDelivery.listDeadLetters':               ['operators', {}],
  'eventDelivery.retry':                  ['operators', { eventId: 'none' }],
}

type Call = (input: unknown) => Promise<unknown>

/** Every function that hangs on somebody who acts, by its path. */
function callsOf(acting: object, path: readonly string[] = []): Map<string, Call> {
  const found = Object.entries(acting).flatMap(([name, value]: [string, unknown]) => {
    if (path.length === 0 && ['actor', 'in', 'organization'].includes(name)) return []
    if (typeof value === 'function') return [[[...path, name].join('.'), value as Call] as const]
    return typeof value === 'object' && value !== null ? [...callsOf(value, [...path, name])] : []
  })
  return new Map(found)
}

/** The code of the error that a call rejects with, or `done`. */
async function endOf(call: Call | undefined, input: unknown): Promise<string> {
  try {
    await call?.(input)
    return 'done'
  } catch (error) {
    if (isTenancyError(error)) return error.code
    throw error
  }
}

async function peopleFixture() {
  const fixture = await tenancyFixture({ allowSignUp: true })
  await fixture.user('plain')
  await fixture.user('operator', { superuser: true })
  await fixture.user('disabled')
  await fixture.system.users.update({ userId: 'disabled', status: 'disabled' })
  return fixture
}

describe('every call outside tenants', () => {
  it('is in the table of these tests', async () => {
    const fixture = await peopleFixture()
    expect([...callsOf(fixture.as('plain')).keys()].sort()).toEqual(Object.keys(CALLS).sort())
  })

  it.each(Object.entries(CALLS))('%s: only whoever may gets through', async (name, [who, input]) => {
    const by = async (actor: 'guest' | 'disabled' | 'plain' | 'operator') => {
      const fixture = await peopleFixture()
      const before = await fixture.state()
      const code = await endOf(
        callsOf(actor === 'guest' ? fixture.tenancy.as(GUEST) : fixture.as(actor)).get(name),
        input,
      )
      if (code === 'unauthenticated' || code === 'forbidden') expect(await fixture.state()).toEqual(before)
      return code
    }
    if (who === 'guests') expect(await by('guest')).not.toBe('forbidden')
    else expect(await by('guest')).toBe('unauthenticated')
    // The token is looked for before anything is locked, and there is none.
    if (who !== 'guests')
      expect(await by('disabled')).toBe(name === 'invitations.accept' ? 'invalid_token' : 'unauthenticated')
    if (who === 'operators' || who === 'host') expect(await by('plain')).toBe('forbidden')
    else expect(await by('plain')).not.toBe('forbidden')
    if (who === 'host') expect(await by('operator')).toBe('forbidden')
    else expect(await by('operator')).not.toBe('forbidden')
  })

  it.each(Object.entries(CALLS).filter(([, [who]]) => who === 'operators' || who === 'host'))(
    '%s: the host’s own code may',
    async (name, [, input]) => {
      const fixture = await peopleFixture()
      expect(['unauthenticated', 'forbidden']).not.toContain(
        await endOf(callsOf(fixture.tenancy.as(SYSTEM)).get(name), input),
      )
    },
  )
})
