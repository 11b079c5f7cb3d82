import { memoryStorage, SYSTEM } from '@tenantry/core'
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest'
import { createScenario } from '../../http/src/testing/scenario.js'
import type { Person, Scenario } from '../../http/src/testing/scenario.js'
import { createTenancyClient, isTenancyApiError, TenancyApiError } from './index.js'
import type { ClientOptions, TenancyClient } from './index.js'

let scenario: Scenario
let acme: string
beforeAll(async () => {
  scenario = await createScenario(memoryStorage(), {
    router: { authenticate: (request) => signedIn(request.get('cookie')) },
  })
  acme = scenario.acme
})
afterAll(() => scenario.close())

/** Whom the cookie of the host names. */
function signedIn(cookie: string | undefined) {
  const userId = /^session=(.+)$/.exec(cookie ?? '')?.[1]
  return userId === undefined ? null : { userId }
}

function clientOf(person: Person, options: Partial<ClientOptions> = {}): TenancyClient {
  return createTenancyClient({ baseUrl: `${scenario.url}/tenancy`, token: scenario.people[person].token, ...options })
}

/** The error that a promise rejects with. */
async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('it was not refused'),
    (error: unknown) => error,
  )
}

describe('a client of the tenancy API', () => {
  it('has the methods of the core', async () => {
    const ann = clientOf('ann')
    const { items } = await ann.tenants.list()
    expect(items.map(({ tenant }) => tenant.name)).toContain('Acme')
    expectTypeOf(items[0]?.tenant.status).toEqualTypeOf<'active' | 'suspended' | 'archived' | 'deleted' | undefined>()

    const { invitation } = await ann.tenant(acme).members.invite({ email: 'new@example.com', role: 'member' })
    expect(invitation).toMatchObject({ email: 'new@example.com', status: 'pending' })
    await ann.tenant(acme).invitations.revoke({ invitationId: invitation.id })

    const { results } = await clientOf('vic')
      .tenant(acme)
      .permissions.check({ checks: [{ permission: 'invitation:create' }] })
    expect(results).toEqual([{ permission: 'invitation:create', allowed: false }])
  })

  it('accepts a tenant slug or ID', async () => {
    const ann = clientOf('ann')
    await ann.tenant(acme).update({ slug: 'acme' })
    expect(await ann.tenant('acme').get()).toMatchObject({ id: acme, slug: 'acme' })
  })

  it('accepts a boolean query parameter as a boolean', async () => {
    const { items } = await clientOf('ann').tenants.list({ countMembers: true, cursor: undefined })
    expect(items[0]?.membersCount).toEqual(expect.any(Number))
  })

  it('uploads and downloads a file', async () => {
    const ada = clientOf('ada').tenant(acme)
    const file = new Blob(['<svg xmlns="http://www.w3.org/2000/svg"></svg>'], { type: 'image/svg+xml' })
    const { id } = await ada.images.upload({ setting: 'logoId', file: new File([file], 'logo.svg') })
    await ada.update({ settings: { logoId: id } })
    const image = await createTenancyClient({ baseUrl: `${scenario.url}/tenancy` })
      .tenant(acme)
      .images.read({ setting: 'logoId' })
    expectTypeOf(image).toEqualTypeOf<Blob>()
    expect([image.type, image.size]).toEqual(['image/svg+xml', file.size])
  })

  it('aborts a call with its signal', async () => {
    const error = await errorOf(clientOf('ann').tenants.list({}, { signal: AbortSignal.abort() }))
    expect(error).toMatchObject({ name: 'AbortError' })
  })
})

describe('the caller', () => {
  it('is the owner of the token, which is read before each request', async () => {
    const tokens = [scenario.people.ann.token, scenario.people.bob.token]
    const client = clientOf('ann', { token: () => tokens.shift() ?? null })
    const emails = [(await client.me.get()).email, (await client.me.get()).email]
    expect(emails).toEqual(['ann@example.com', 'bob@example.com'])
    expect(await errorOf(client.me.get())).toMatchObject({ code: 'unauthenticated', status: 401 })
  })

  it('is the user of the host’s cookie, with credentials', async () => {
    // A browser does this where a request includes credentials.
    const withCookies = (request: Request) => {
      if (request.credentials === 'include') request.headers.set('cookie', `session=${scenario.people.bob.id}`)
      return fetch(request)
    }
    const baseUrl = `${scenario.url}/tenancy`
    const client = createTenancyClient({ baseUrl, credentials: 'include', fetch: withCookies })
    expect(await client.me.get()).toMatchObject({ email: 'bob@example.com' })
    const stranger = createTenancyClient({ baseUrl, credentials: 'omit', fetch: withCookies })
    expect(await errorOf(stranger.me.get())).toMatchObject({ code: 'unauthenticated' })
  })
})

describe('a list of 250 members', () => {
  let large: string
  const sent: URL[] = []
  const recorded = (request: Request) => {
    sent.push(new URL(request.url))
    return fetch(request)
  }
  beforeAll(async () => {
    const { tenancy } = scenario
    large = (await clientOf('otto').tenants.create({ name: 'Large' })).id
    const members = Array.from({ length: 249 }, (_, at) => ({ email: `person${at}@large.example`, role: 'member' }))
    await tenancy.as(SYSTEM).in(large, { reason: 'Import' }).members.addMany({ members, notify: false })
  })

  it('is read completely, page by page, each member once', async () => {
    sent.length = 0
    const seen = new Set<string>()
    for await (const member of clientOf('otto', { fetch: recorded }).tenant(large).members.all()) {
      expectTypeOf(member.user.email).toEqualTypeOf<string>()
      expect(seen.has(member.userId)).toBe(false)
      seen.add(member.userId)
    }
    expect(seen.size).toBe(250)
    expect(sent.map(({ searchParams }) => searchParams.get('limit'))).toEqual([null, '100', '100', '100'])
  })

  it('is read in pages of the requested size', async () => {
    sent.length = 0
    const members = clientOf('otto', { fetch: recorded }).tenant(large).members.all({ limit: 50 })
    const ids: string[] = []
    for await (const { userId } of members) ids.push(userId)
    expect([ids.length, sent.length]).toEqual([250, 5])
  })

  it('is not read further after the loop ends', async () => {
    sent.length = 0
    for await (const member of clientOf('otto', { fetch: recorded }).tenant(large).members.all()) {
      expect(member.roles).toEqual(expect.any(Array))
      break
    }
    expect(sent).toHaveLength(1)
  })

  it('throws the error in the loop for a user without access', async () => {
    const members = clientOf('mo').tenant(large).members.all()
    expect(await errorOf(members.next())).toMatchObject({ code: 'tenant_not_found', status: 404 })
  })
})

/** Sends a request, and changes the headers of its response. */
function changing(change: (headers: Headers) => void) {
  return async (request: Request) => {
    const { body, status, headers } = await fetch(request)
    const changed = new Headers(headers)
    change(changed)
    return new Response(body, { status, headers: changed })
  }
}

describe('a conditional change', () => {
  it('fails if the object has changed since it was read', async () => {
    const ann = clientOf('ann').tenant(acme)
    const read = await ann.get()
    const changed = await ann.update({ description: 'One', ifMatch: read.etag })
    expect(changed.etag).not.toBe(read.etag)
    expect(await errorOf(ann.update({ description: 'Two', ifMatch: read.etag }))).toMatchObject({
      code: 'version_mismatch',
      status: 412,
    })
    expect(await ann.update({ description: 'Three', ifMatch: changed.etag })).toMatchObject({ description: 'Three' })
  })

  it('accepts an ETag that a compressing proxy has weakened', async () => {
    const weakened = changing((headers) => headers.set('ETag', `W/${headers.get('ETag')}`))
    const ann = clientOf('ann', { fetch: weakened }).tenant(acme)
    const { etag } = await ann.get()
    expect(await ann.update({ description: 'Four', ifMatch: etag })).toMatchObject({ description: 'Four' })
  })

  it('is not sent if the ETag could not be read', async () => {
    const hidden = changing((headers) => headers.delete('ETag'))
    const ann = clientOf('ann', { fetch: hidden }).tenant(acme)
    const { etag } = await ann.get()
    expect(etag).toBeNull()
    expect(await errorOf(ann.update({ description: 'Five', ifMatch: etag }))).toBeInstanceOf(TypeError)
  })
})

describe('an error', () => {
  it('has the code, the status and the details of the core', async () => {
    const error = await errorOf(clientOf('vic').tenant(acme).members.invite({ email: 'x@example.com', role: 'member' }))
    if (!isTenancyApiError(error, 'forbidden')) throw error
    expectTypeOf(error.details).toEqualTypeOf<{ readonly permission?: string }>()
    expect([error.status, error.details]).toEqual([403, { permission: 'invitation:create' }])
  })

  it('names the invalid field', async () => {
    const error = await errorOf(clientOf('ann').tenant(acme).members.invite({ email: 'nobody', role: 'member' }))
    expect(error).toMatchObject({ code: 'invalid_email', details: { field: 'email' } })
    const early = await errorOf(clientOf('ann').tenants.list({ limit: 1000 }))
    expect(early).toMatchObject({ code: 'invalid_input', details: { field: 'limit' } })
  })

  it('contains the waiting time in milliseconds', async () => {
    const guest = createTenancyClient({ baseUrl: `${scenario.url}/tenancy` })
    const { deviceCode, intervalSeconds } = await guest.devices.start({ clientId: 'cli', deviceLabel: 'laptop' })
    const exchange = () => errorOf(guest.devices.exchange({ deviceCode, clientId: 'cli' }))
    expect(await exchange()).toMatchObject({ code: 'authorization_pending' })
    const error = await exchange()
    if (!isTenancyApiError(error, 'slow_down')) throw error
    expect(error.details.retryAfterMs).toBeGreaterThanOrEqual(intervalSeconds * 1000)
  })

  it('is unexpected_response if the response is not from the API', async () => {
    const badGateway = async () => new Response('<html>', { status: 502 })
    const error = await errorOf(clientOf('ann', { fetch: badGateway }).me.get())
    expect(error).toBeInstanceOf(TenancyApiError)
    expect(error).toMatchObject({ code: 'unexpected_response', status: 502, details: { body: '<html>' } })
  })

  it('of the network is thrown unchanged', async () => {
    const offline = async () => Promise.reject(new TypeError('fetch failed'))
    expect(await errorOf(clientOf('ann', { fetch: offline }).me.get())).not.toBeInstanceOf(TenancyApiError)
  })
})

describe('an ID', () => {
  it.each(['..', '.', ''])(
    'of %j throws before a request is sent, because it would reach another path',
    async (userId) => {
      const sent: string[] = []
      const fetch = async ({ url }: Request) => (sent.push(url), Response.json({}))
      const ann = clientOf('ann', { fetch })
      expect(await errorOf(ann.tenant(acme).members.remove({ userId }))).toBeInstanceOf(TypeError)
      expect(await errorOf(ann.tenant(userId).delete())).toBeInstanceOf(TypeError)
      expect(sent).toEqual([])
    },
  )

  it('of the scope cannot be replaced by one in the input', async () => {
    const sent: string[] = []
    const fetch = async ({ url }: Request) => (sent.push(url), Response.json({ items: [], nextCursor: null }))
    const foreign = { tenant: scenario.globex }
    // A caller without types can pass it.
    await clientOf('ann', { fetch })
      .tenant(acme)
      .members.list(foreign as object)
    expect(sent).toEqual([`${scenario.url}/tenancy/tenants/${acme}/members`])
  })
})
