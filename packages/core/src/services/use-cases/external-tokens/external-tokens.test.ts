import { beforeEach, describe, expect, it } from 'vitest'
import { createTenancy } from '../../../create-tenancy.js'
import { memoryStorage } from '../../../storage/memory-storage/memory-storage.js'
import { tenancyFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'
import { GUEST } from '../../pipeline/actor.js'

const DAY = 86_400_000
const eva = { email: 'Eva@Example.com', issuer: 'https://sso.example.com' }
const laptop = { ...eva, clientId: 'cli', deviceLabel: 'laptop' }

let fixture: Awaited<ReturnType<typeof tenancyFixture>>
beforeEach(async () => {
  fixture = await tenancyFixture()
  await fixture.user('operator', { superuser: true })
})

const issue = (input: Partial<typeof laptop> & { expiresIn?: number } = {}) =>
  fixture.system.accessTokens.issueExternal({ ...laptop, ...input })
const sessions = (subject: typeof eva) => fixture.tenancy.asExternal(subject).accessTokens

describe('a token of an external subject', () => {
  it('is issued by the host’s own code, shown once, and kept as a hash', async () => {
    const { accessToken, token } = await issue()
    expect(accessToken).toMatch(/^tnx_/)
    expect(token).toEqual({
      id: token.id,
      subject: { issuer: eva.issuer, email: 'Eva@Example.com', emailKey: 'eva@example.com' },
      label: 'laptop',
      clientId: 'cli',
      prefix: accessToken.slice(0, 8),
      createdAt: fixture.now(),
      expiresAt: fixture.now() + 14 * DAY,
      lastUsedAt: null,
    })
    const bearer = await fixture.tenancy.authenticate(accessToken)
    expect(bearer).toMatchObject({ kind: 'external', subject: token.subject, token: { id: token.id } })
    expect(JSON.stringify([await sessions(eva).list(), fixture.heard])).not.toContain(accessToken)
  })

  it('is issued by nobody who calls from outside, no operator either', async () => {
    await refusal(fixture, 'unauthenticated', () => fixture.tenancy.as(GUEST).accessTokens.issueExternal(laptop))
    await refusal(fixture, 'forbidden', () => fixture.as('operator').accessTokens.issueExternal(laptop))
    await fixture.user('ann')
    await refusal(fixture, 'forbidden', () => fixture.as('ann').accessTokens.issueExternal(laptop))
    expect((await sessions(eva).list()).items).toEqual([])
  })

  it('ends when it expires, is revoked, or its device signs in again', async () => {
    const first = await issue({ expiresIn: DAY })
    fixture.tick(DAY - 1)
    expect(await fixture.tenancy.authenticate(first.accessToken)).not.toBeNull()
    fixture.tick(1)
    expect(await fixture.tenancy.authenticate(first.accessToken)).toBeNull()
    const second = await issue()
    const third = await issue()
    expect(third.token.id).toBe(second.token.id)
    expect(await fixture.tenancy.authenticate(second.accessToken)).toBeNull()
    await sessions(eva).revoke({ tokenId: third.token.id })
    expect(await fixture.tenancy.authenticate(third.accessToken)).toBeNull()
    await refusal(fixture, 'access_token_not_found', () => sessions(eva).revoke({ tokenId: third.token.id }))
  })

  it('is of one address at one issuer: neither lists nor ends what another subject or an account has', async () => {
    const { accessToken, token } = await issue()
    const ann = await fixture.user('ann')
    const { token: anns } = await ann.accessTokens.create()
    for (const other of [
      { ...eva, issuer: 'https://other.example.com' },
      { ...eva, email: 'max@example.com' },
      { ...eva, email: 'ann@example.com' },
    ]) {
      expect((await sessions(other).list({ page: 1 })).total).toBe(0)
      for (const tokenId of [token.id, anns.id]) {
        await refusal(fixture, 'access_token_not_found', () => sessions(other).revoke({ tokenId }))
      }
    }
    await refusal(fixture, 'access_token_not_found', () => ann.accessTokens.revoke({ tokenId: token.id }))
    expect(await fixture.tenancy.authenticate(accessToken)).toMatchObject({ kind: 'external' })
    expect((await sessions({ ...eva, email: ' EVA@example.com' }).list()).items).toMatchObject([{ id: token.id }])
  })

  it('notes its last use at most once a minute', async () => {
    const { accessToken } = await issue()
    const used = async () => (await sessions(eva).list()).items[0]?.lastUsedAt
    const first = fixture.now()
    await fixture.tenancy.authenticate(accessToken)
    fixture.tick(59_999)
    await fixture.tenancy.authenticate(accessToken)
    expect(await used()).toBe(first)
    fixture.tick(1)
    await fixture.tenancy.authenticate(accessToken)
    expect(await used()).toBe(fixture.now())
  })

  it('says nothing about an account of the same address, whose tokens are not the subject’s', async () => {
    const ann = await fixture.user('eva')
    await issue()
    expect((await ann.accessTokens.list({ page: 1 })).total).toBe(0)
  })

  it.each([
    { expiresIn: 0 },
    { expiresIn: 365 * DAY + 1 },
    { expiresIn: 1.5 },
    { issuer: '' },
    { issuer: 'a b' },
    { clientId: '' },
    { deviceLabel: '' },
    { userId: 'ann' },
  ])('is not issued for %j', async (input) => {
    await refusal(fixture, 'invalid_input', () => issue(input))
  })

  it('belongs to an address', async () => {
    await refusal(fixture, 'invalid_email', () => issue({ email: 'eva' }))
    expect(() => sessions({ ...eva, email: 'eva' })).toThrow(TypeError)
    expect(() => sessions({ ...eva, issuer: '' })).toThrow(TypeError)
  })
})

describe('an external subject', () => {
  it('is no actor: what would make it one throws, whatever it is handed in with', async () => {
    const { token } = await issue()
    for (const forged of [token.subject, token, { ...token.subject, userId: undefined }, { external: token.subject }]) {
      // What a host without types may hand in.
      expect(() => fixture.tenancy.as(forged as never)).toThrow(TypeError)
    }
  })

  it('cannot sign out, or in, as a user by its token', async () => {
    const { accessToken } = await issue()
    await refusal(fixture, 'unauthenticated', () => fixture.tenancy.as(GUEST).users.signOut({ accessToken }))
    expect(await fixture.tenancy.authenticate(accessToken)).not.toBeNull()
  })

  it('is not found by an account’s prefix, nor an account by the external one', async () => {
    const { accessToken } = await issue()
    const { accessToken: operators } = await fixture.as('operator').accessTokens.create()
    expect(await fixture.tenancy.authenticate(accessToken.replace('tnx_', 'tnt_'))).toBeNull()
    expect(await fixture.tenancy.authenticate(operators.replace('tnt_', 'tnx_'))).toBeNull()
  })
})

describe('the prefixes of tokens', () => {
  it('are the host’s to choose', async () => {
    fixture = await tenancyFixture({ tokenPrefixes: { account: 'acme_', external: 'guest_' } })
    await fixture.user('ann')
    expect((await fixture.as('ann').accessTokens.create()).accessToken).toMatch(/^acme_/)
    const { accessToken, token } = await issue()
    expect([accessToken.slice(0, 10), token.prefix]).toEqual([token.prefix, token.prefix])
    expect(await fixture.tenancy.authenticate(accessToken)).toMatchObject({ kind: 'external' })
    expect(fixture.tenancy.tokenPrefixes).toEqual({ account: 'acme_', external: 'guest_' })
  })

  it.each([
    { account: '' },
    { account: 'tnx_' },
    { account: 'tnx_x' },
    { external: 't' },
    { external: 'a b' },
    { external: 'x'.repeat(21) },
    { operator: 'x' },
  ])('are not %j', (tokenPrefixes) => {
    // What a host without types may hand in.
    const options = { storage: memoryStorage(), tokenPrefixes: tokenPrefixes as object }
    expect(() => createTenancy(options)).toThrow(TypeError)
  })
})

describe('requests with one token', () => {
  it('are counted, sixty a minute unless the host says otherwise, each token by itself', async () => {
    const [one, other] = [{ id: 'one' }, { id: 'other' }]
    for (let count = 0; count < 60; count++) await fixture.tenancy.consumeRateLimit({ token: one })
    const error = await refusal(fixture, 'rate_limited', () => fixture.tenancy.consumeRateLimit({ token: one }))
    expect(error.details.retryAfterMs).toBe(60_000)
    await fixture.tenancy.consumeRateLimit({ token: other })
    fixture.tick(60_000)
    await fixture.tenancy.consumeRateLimit({ token: one })
  })

  it('are as many as the host allows', async () => {
    fixture = await tenancyFixture({ limits: { requestsPerToken: 1 } })
    await fixture.tenancy.consumeRateLimit({ token: { id: 'one' } })
    await refusal(fixture, 'rate_limited', () => fixture.tenancy.consumeRateLimit({ token: { id: 'one' } }))
  })
})
