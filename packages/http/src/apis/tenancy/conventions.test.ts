import { memoryStorage, SYSTEM } from '@tenantry/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { postgresStorage } from '@tenantry/adapter-postgres'
import { useTestDatabase } from '../../../../../scripts/test-database.js'
import { ask } from '../../testing/tenancy-client.js'
import { accessToken, customRole, resource } from '../../testing/tenancy-fixtures.js'
import { STORAGES } from '../../testing/storages.js'
import { createScenario } from '../../testing/scenario.js'
import type { Scenario } from '../../testing/scenario.js'

const database = useTestDatabase()
const POSTGRES = {
  storage: 'PostgreSQL',
  makeStorage: () => postgresStorage({ connectionString: database.url, schema: database.newSchema() }),
}

let scenario: Scenario
afterEach(() => scenario.close())

describe.each([...STORAGES, POSTGRES])('the tenancy API on $storage', ({ makeStorage }) => {
  beforeEach(async () => void (scenario = await createScenario(makeStorage())))

  it('serves a tenant from creation to deletion', async () => {
    const created = await ask(scenario, 'POST /tenants', { as: 'otto', body: { name: 'Initech', slug: 'initech' } })
    const location = created.headers.get('location')
    expect(location).toBe(`/tenancy/tenants/${created.body.id}`)
    const headers = { authorization: `Bearer ${scenario.people.otto.token}` }
    expect(await (await fetch(`${scenario.url}${location}`, { headers })).json()).toEqual(created.body)
    const params = { tenant: 'initech' }
    const invited = await ask(scenario, 'POST /tenants/{tenant}/invitations', {
      as: 'otto',
      params,
      body: { email: scenario.people.vic.email, role: 'admin' },
    })
    const token = new URL(invited.body.link).searchParams.get('token')
    const joined = await ask(scenario, 'POST /invitations/accept', { as: 'vic', body: { token } })
    expect(joined.body).toMatchObject({ tenant: { slug: 'initech' }, membership: { roles: ['admin'] } })
    const { id } = scenario.people.vic
    await ask(scenario, 'PUT /tenants/{tenant}/members/{userId}/roles', {
      as: 'otto',
      params: { ...params, userId: id },
      body: { roles: ['viewer'] },
    })
    const permissions = await ask(scenario, 'GET /tenants/{tenant}/permissions', { as: 'vic', params })
    expect(permissions.body).toMatchObject({ tenantId: created.body.id, userId: id, roles: ['viewer'] })
    const events = await ask(scenario, 'GET /tenants/{tenant}/events', { as: 'otto', params })
    expect(events.body.items.map(({ type }: { type: string }) => type)).toEqual([
      'member.roles_updated',
      'member.joined',
      'invitation.created',
      'tenant.created',
    ])
    expect((await ask(scenario, 'DELETE /tenants/{tenant}', { as: 'otto', params })).status).toBe(204)
    expect((await ask(scenario, 'GET /tenants/{tenant}', { as: 'otto', params })).body.code).toBe('tenant_not_found')
  })

  it('paginates with a cursor, and links to the next page of the same query', async () => {
    const key = 'GET /tenants/{tenant}/members'
    const query = { limit: 4, keyword: 'example.com' }
    const first = await ask(scenario, key, { as: 'ann', query })
    const next = /^<(\?[^>]+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1]
    expect(Object.fromEntries(new URLSearchParams(next))).toEqual({
      limit: '4',
      keyword: 'example.com',
      cursor: first.body.nextCursor,
    })
    const url = new URL(next ?? '', `${scenario.url}/tenancy/tenants/${scenario.acme}/members`)
    const headers = { authorization: `Bearer ${scenario.people.ann.token}` }
    const last = await fetch(url, { headers })
    const { items, nextCursor } = (await last.json()) as { readonly items: { userId: string }[]; nextCursor: unknown }
    expect([nextCursor, last.headers.get('link')]).toEqual([null, null])
    const seen = [...first.body.items, ...items].map(({ userId }) => userId)
    expect([seen.length, new Set(seen).size]).toEqual([6, 6])
  })

  it('rejects a change if the object has changed since it was read', async () => {
    const { people, acme } = scenario
    const type = 'protocol'
    const resourceId = await resource(scenario, { as: 'ed' })
    const role = await customRole(scenario)
    const editable = [
      ['/tenants/{tenant}', { tenant: acme }, { name: 'New' }, { name: 'Newer' }],
      ['/tenants/{tenant}/members/{userId}', { userId: people.vic.id }, { active: false }, { active: true }],
      ['/tenants/{tenant}/roles/{role}', { role }, { name: 'New' }, { name: 'Newer' }],
      ['/me', {}, { name: 'New' }, { name: 'Newer' }],
    ] as const
    const resources = [
      ['/tenants/{tenant}/resources/{type}/{resourceId}', { type, resourceId }, { name: 'New' }, { name: 'Newer' }],
      ['/me/resources/{type}/{resourceId}', { type, resourceId }, { name: 'Own' }, { name: 'Old' }],
    ] as const
    for (const [path, params, body, again] of [...editable, ...resources]) {
      const as = path.includes('resources') ? 'ed' : 'ann'
      const read = await ask(scenario, `GET ${path}`, { as, params })
      const etag = read.headers.get('etag') ?? ''
      const change = (ifMatch: string, changes: object) =>
        ask(scenario, `PATCH ${path}`, { as, params, body: changes, headers: { 'if-match': ifMatch } })
      const changed = await change(etag, body)
      expect([path, changed.status]).toEqual([path, 200])
      expect(changed.headers.get('etag')).not.toBe(etag)
      const stale = await change(etag, again)
      expect([path, stale.status, stale.body.code]).toEqual([path, 412, 'version_mismatch'])
      const now = await ask(scenario, `GET ${path}`, { as, params })
      expect(now.headers.get('etag')).toBe(changed.headers.get('etag'))
      expect((await change(changed.headers.get('etag') ?? '', again)).status).toBe(200)
    }
  })
})

describe('a request to the tenancy API', () => {
  beforeEach(async () => void (scenario = await createScenario(memoryStorage())))

  it('accepts a tenant ID or slug, and returns byte-identical 404s for a foreign and an unknown tenant', async () => {
    const { tenancy, acme, globex, people } = scenario
    await tenancy.as({ userId: people.ann.id }).in(acme).update({ slug: 'acme' })
    await tenancy.as({ userId: people.gil.id }).in(globex).update({ slug: 'globex' })
    const get = async (tenant: string) => ask(scenario, 'GET /tenants/{tenant}', { as: 'ann', params: { tenant } })
    expect((await get('acme')).body).toEqual((await get(acme)).body)
    const unknown = await get('01900000-0000-7000-8000-000000000000')
    expect(unknown.status).toBe(404)
    for (const tenant of [globex, 'globex', 'none', 'No_Slug']) expect((await get(tenant)).text).toBe(unknown.text)
  })

  it('accepts a slug also where the tenant is not in the path', async () => {
    await scenario.tenancy.as({ userId: scenario.people.ann.id }).in(scenario.acme).update({
      slug: 'acme',
      joinPolicy: 'request',
    })
    const params = { tenant: 'acme' }
    const preview = await ask(scenario, 'GET /tenants/{tenant}/preview', { as: 'otto', params })
    expect(preview.body.id).toBe(scenario.acme)
    const asked = await ask(scenario, 'POST /tenants/{tenant}/join-requests', { as: 'otto', params, body: {} })
    expect(asked.status).toBe(201)
    expect((await ask(scenario, 'GET /admin/tenants/{tenant}', { as: 'opal', params })).body.id).toBe(scenario.acme)
    expect((await ask(scenario, 'POST /tenants/{tenant}/switch', { as: 'vic', params })).status).toBe(200)
  })

  it('rejects an If-Match other than a single ETag', async () => {
    for (const value of ['*', 'W/"abc"', '"a", "b"', 'abc']) {
      const request = { as: 'otto', body: { name: 'x' }, headers: { 'if-match': value } } as const
      const { status, body } = await ask(scenario, 'PATCH /me', request)
      expect([status, body.errors?.[0]?.field]).toEqual([400, 'if-match'])
    }
  })
})

describe('an error of the tenancy API', () => {
  beforeEach(
    async () =>
      void (scenario = await createScenario(memoryStorage(), { tenancy: { limits: { requestsPerUser: 2 } } })),
  )

  it('is a problem document that names the field', async () => {
    const { body, headers } = await ask(scenario, 'POST /tenants', { as: 'otto', body: { name: 'x', slug: 'no slug' } })
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(body).toEqual({
      type: 'urn:tenantry:error:invalid_input',
      title: 'Invalid input',
      status: 400,
      detail: 'slug: must be 2 to 63 of a-z, 0-9 and single dashes',
      code: 'invalid_input',
      errors: [{ field: 'slug', detail: 'slug: must be 2 to 63 of a-z, 0-9 and single dashes' }],
    })
  })

  it('names the missing permission', async () => {
    const { body } = await ask(scenario, 'PATCH /tenants/{tenant}', { as: 'vic', body: { name: 'Mine' } })
    expect(body).toMatchObject({ status: 403, code: 'forbidden', details: { permission: 'tenant:update' } })
  })

  it('contains the waiting time if it is temporary', async () => {
    const ask3 = async () => ask(scenario, 'GET /me', { as: 'vic' })
    const [, , third] = [await ask3(), await ask3(), await ask3()]
    expect([third.status, third.body.code]).toEqual([429, 'rate_limited'])
    expect(third.headers.get('retry-after')).toBe('60')
    expect(third.headers.get('ratelimit')).toBe('"rate_limited";r=0;t=60')
  })
})

describe('the caller of the tenancy API', () => {
  it('is the owner of the access token, even if the host authenticates users itself', async () => {
    scenario = await createScenario(memoryStorage(), { router: { authenticate: () => null } })
    expect((await ask(scenario, 'GET /me', { as: 'vic' })).body.id).toBe(scenario.people.vic.id)
    expect((await ask(scenario, 'GET /me', { as: 'vic', token: 'another-token' })).status).toBe(401)
  })

  it('can only use its own tokens as an external subject', async () => {
    scenario = await createScenario(memoryStorage())
    const subject = { email: 'eva@example.com', issuer: 'https://sso.example.com' }
    const issue = (deviceLabel: string) =>
      scenario.tenancy.as(SYSTEM).accessTokens.issueExternal({ ...subject, clientId: 'cli', deviceLabel })
    const [first, second] = [await issue('laptop'), await issue('phone')]
    const as = { as: null, token: first.accessToken } as const
    const listed = await ask(scenario, 'GET /me/tokens', as)
    expect(listed.body.items.map(({ id }: { id: string }) => id).sort()).toEqual(
      [first.token.id, second.token.id].sort(),
    )
    const params = { tokenId: second.token.id }
    expect((await ask(scenario, 'DELETE /me/tokens/{tokenId}', { ...as, params })).status).toBe(204)
    const foreign = { tokenId: await accessToken(scenario, 'vic') }
    expect((await ask(scenario, 'DELETE /me/tokens/{tokenId}', { ...as, params: foreign })).status).toBe(404)
    expect((await ask(scenario, 'GET /me', as)).status).toBe(401)
    expect((await ask(scenario, 'GET /tenants', as)).status).toBe(401)
  })
})
