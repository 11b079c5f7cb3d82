import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

const protocol = { type: 'protocol', id: 'one' }

describe('a comment', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const by = (person: string) => fixture.inAcme(person).comments
  const texts = async (person: string, named = protocol) => (await by(person).list(named)).items.map(({ text }) => text)

  beforeEach(async () => {
    fixture = await twoTenantsFixture({
      resources: { protocol: ['create', 'read', 'update', 'delete', 'comment'], note: ['create'] },
    })
    await fixture.inAcme('editor').resources.create({ ...protocol, name: 'PCR', visibility: 'tenant' })
  })

  it('is made by a viewer, says who made it, and is told without its words', async () => {
    const events = await fixture.eventsOf(() => by('viewer').create({ ...protocol, text: ' Which buffer?\n' }))
    const target = { type: 'comment', id: expect.stringMatching(/^id-/) as string }
    const data = { resourceType: 'protocol', resourceId: 'one' }
    expect(events).toEqual([{ type: 'comment.created', actorId: 'viewer', target, data }])
    expect((await by('owner').list(protocol)).items).toEqual([
      {
        ...data,
        tenantId: fixture.acme,
        id: target.id,
        authorId: 'viewer',
        text: 'Which buffer?',
        createdAt: fixture.now(),
        author: { id: 'viewer', name: 'viewer', avatarUrl: null },
      },
    ])
  })

  it('is something that happens to what it is about', async () => {
    fixture.tick(5)
    await by('viewer').create({ ...protocol, text: 'x' })
    const { updatedAt, activeAt } = await fixture.inAcme('owner').resources.get(protocol)
    expect([updatedAt, activeAt]).toEqual([fixture.now() - 5, fixture.now()])
  })

  it('is listed oldest first, by page and by cursor', async () => {
    for (const text of ['1', '2', '3']) {
      await by('viewer').create({ ...protocol, text })
      fixture.tick(1)
    }
    expect(await texts('member')).toEqual(['1', '2', '3'])
    const first = await by('member').list({ ...protocol, limit: 2, page: 1 })
    expect([first.items.length, first.total]).toEqual([2, 3])
    const rest = await by('member').list({ ...protocol, limit: 2, cursor: first.nextCursor ?? '' })
    expect([rest.items.map(({ text }) => text), rest.nextCursor]).toEqual([['3'], null])
  })

  it.each(['', ' \n', 'x'.repeat(10_001), 'a\0b', 7, null, undefined])('has words: %j are none', async (text) => {
    const input = { ...protocol, text } as never
    const { details } = await refusal(fixture, 'invalid_input', () => by('viewer').create(input))
    expect(details).toEqual({ field: 'text' })
  })

  it('is made and read only by those who may', async () => {
    const overrides = { 'protocol:comment': false }
    await fixture.inAcme('owner').members.setOverrides({ userId: 'viewer', overrides })
    const refused = await refusal(fixture, 'forbidden', () => by('viewer').create({ ...protocol, text: 'x' }))
    expect(refused.details).toEqual({ permission: 'protocol:comment' })
    expect(await texts('viewer')).toEqual([])
    await fixture.inAcme('owner').members.setOverrides({ userId: 'viewer', overrides: { 'protocol:read': false } })
    await refusal(fixture, 'forbidden', () => by('viewer').list(protocol))
  })

  it('I13 on something of one’s own needs the permission, too', async () => {
    const mine = { type: 'protocol', id: 'mine' }
    await fixture.inAcme('editor').resources.create({ ...mine, name: 'Draft' })
    await fixture.inAcme('owner').members.setOverrides({ userId: 'editor', overrides: { 'protocol:comment': false } })
    await refusal(fixture, 'forbidden', () => by('editor').create({ ...mine, text: 'x' }))
    await fixture.inAcme('owner').members.setOverrides({ userId: 'editor', overrides: { 'protocol:comment': true } })
    await by('editor').create({ ...mine, text: 'x' })
    expect(await texts('editor', mine)).toEqual(['x'])
  })

  it('is made about nothing of a type that takes none', async () => {
    await fixture.inAcme('editor').resources.create({ type: 'note', id: 'one', name: 'Mine', visibility: 'tenant' })
    for (const person of ['editor', 'owner'])
      await refusal(fixture, 'forbidden', () => by(person).create({ type: 'note', id: 'one', text: 'x' }))
  })

  it('about a private, foreign or unknown thing is about one that does not exist', async () => {
    const mine = { type: 'protocol', id: 'mine' }
    await fixture.inAcme('editor').resources.create({ ...mine, name: 'Draft' })
    const theirs = { type: 'protocol', id: 'theirs' }
    await fixture
      .as('outsider')
      .in(fixture.zeta)
      .resources.create({ ...theirs, name: 'X', visibility: 'tenant' })
    const messages = new Set<string>()
    for (const named of [mine, theirs, { type: 'protocol', id: 'none' }])
      for (const call of [() => by('admin').create({ ...named, text: 'x' }), () => by('admin').list(named)])
        messages.add((await refusal(fixture, 'resource_not_found', call)).message)
    expect(messages.size).toBe(1)
    await by('editor').create({ ...mine, text: 'A note to myself' })
    expect(await texts('editor', mine)).toEqual(['A note to myself'])
  })

  it('stays when its author leaves or has no account any more, whose name goes', async () => {
    await by('member').create({ ...protocol, text: 'By a member' })
    await fixture.inAcme('member').members.leave()
    expect((await by('owner').list(protocol)).items).toMatchObject([{ author: { id: 'member', name: 'member' } }])
    await fixture.as('member').users.delete()
    const author = { id: 'member', name: null, avatarUrl: null }
    expect((await by('owner').list(protocol)).items).toMatchObject([{ text: 'By a member', author }])
  })

  it('goes with what it is about', async () => {
    await by('viewer').create({ ...protocol, text: 'x' })
    await fixture.inAcme('editor').resources.delete(protocol)
    await fixture.inAcme('editor').resources.create({ ...protocol, name: 'Anew' })
    expect(await texts('editor')).toEqual([])
  })

  it('stays in its tenant while the thing is shared, where nobody sees what the other tenant says', async () => {
    await fixture.join(fixture.zeta, 'editor', { role: 'editor', invitedBy: 'outsider' })
    await by('viewer').create({ ...protocol, text: 'At home' })
    await fixture.inAcme('editor').resources.share({ ...protocol, tenantId: fixture.zeta })
    await refusal(fixture, 'resource_not_found', () => by('viewer').list(protocol))
    const inZeta = fixture.as('outsider').in(fixture.zeta).comments
    await inZeta.create({ ...protocol, text: 'Away' })
    expect((await inZeta.list(protocol)).items.map(({ text }) => text)).toEqual(['Away'])
    await fixture.inAcme('editor').resources.unshare(protocol)
    expect(await texts('editor')).toEqual(['At home'])
  })
})
