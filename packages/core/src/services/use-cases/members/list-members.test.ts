import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

const EVERYBODY = ['owner', 'admin', 'other-admin', 'editor', 'assistant', 'member', 'viewer'].sort()

describe('seeing other members', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const list = async (input?: Parameters<ReturnType<typeof fixture.inAcme>['members']['list']>[0]) =>
    fixture.inAcme('viewer').members.list(input)
  const idsOf = (page: { readonly items: readonly { readonly userId: string }[] }) =>
    page.items.map(({ userId }) => userId)
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
  })

  it('lists and counts the members of this tenant only', async () => {
    const page = await list({ page: 1 })
    expect(idsOf(page).sort()).toEqual(EVERYBODY)
    expect(page.total).toBe(EVERYBODY.length)
  })

  it('walks through all in pages, by cursor and by number', async () => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await list({ limit: 3, ...(cursor === undefined ? {} : { cursor }) })
      seen.push(...idsOf(page))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect([...seen].sort()).toEqual(EVERYBODY)
    const numbered = [...idsOf(await list({ limit: 4, page: 1 })), ...idsOf(await list({ limit: 4, page: 2 }))]
    expect(numbered).toEqual(seen)
  })

  it('narrows by role and by part of a name or address, taken literally', async () => {
    expect(idsOf(await list({ role: 'admin' })).sort()).toEqual(['admin', 'other-admin'])
    expect(idsOf(await list({ keyword: 'ADMIN' })).sort()).toEqual(['admin', 'other-admin'])
    expect(idsOf(await list({ keyword: '%' }))).toEqual([])
    expect(idsOf(await list({ keyword: "' or 1=1 --" }))).toEqual([])
    expect(idsOf(await list({ keyword: 'outsider' }))).toEqual([])
    expect(idsOf(await list({ keyword: '' })).sort()).toEqual(EVERYBODY)
  })

  it('a cursor of another tenant shows nothing of it', async () => {
    await fixture.join(fixture.zeta, 'editor', { role: 'viewer', invitedBy: 'outsider' })
    const foreign = await fixture.as('outsider').in(fixture.zeta).members.list({ limit: 1 })
    const page = await list({ cursor: foreign.nextCursor ?? '' })
    expect(EVERYBODY).toEqual(expect.arrayContaining(idsOf(page)))
  })

  it.each([
    { keyword: 'a\0b' },
    { keyword: '\ud800' },
    { role: 'Owner ' },
    { role: ['owner'] },
    { sort: 'name' },
    { limit: 0 },
    { cursor: 'x' },
  ])('refuses %j', async (input) => {
    // What a caller without types may hand in.
    await refusal(fixture, 'invalid_input', () => list(input as never))
  })

  it('reveals neither other tenants of a member nor the operator flag', async () => {
    await fixture.join(fixture.zeta, 'member', { role: 'viewer', invitedBy: 'outsider' })
    await fixture.as('member').tenants.switch({ tenantId: fixture.zeta })
    await fixture.system.users.update({ userId: 'member', superuser: true })
    const answers = [
      await list({}),
      await fixture.inAcme('viewer').members.get({ userId: 'member' }),
      await fixture.inAcme('owner').members.setRoles({ userId: 'member', roles: ['viewer'] }),
      await fixture.inAcme('owner').members.deactivate({ userId: 'member' }),
      await fixture.inAcme('owner').members.activate({ userId: 'member' }),
      await fixture.inAcme('owner').members.remove({ userId: 'member' }),
    ]
    for (const answer of answers) {
      expect(JSON.stringify(answer)).not.toContain(fixture.zeta)
      expect(JSON.stringify(answer)).not.toMatch(/superuser|password/i)
    }
  })

  it('returns one member; an unknown user and a member of another tenant get the same error', async () => {
    expect(await fixture.inAcme('viewer').members.get({ userId: 'owner' })).toMatchObject({
      roles: ['owner'],
      active: true,
    })
    const get = (userId: string) => () => fixture.inAcme('owner').members.get({ userId })
    const unknown = await refusal(fixture, 'member_not_found', get('nobody'))
    const foreign = await refusal(fixture, 'member_not_found', get('outsider'))
    expect(foreign.message).toBe(unknown.message)
  })
})
