import { describe, expect, it } from 'vitest'
import { consoleMailer, createTenancy, memoryStorage, SYSTEM } from './index.js'

describe('a workspace from its creation to a new owner', () => {
  it('is made, invites, is joined, and changes hands', async () => {
    const printed: string[] = []
    const tenancy = createTenancy({
      storage: memoryStorage(),
      resources: { invoice: ['create', 'read', 'approve'] },
      mailer: consoleMailer({ write: (text) => void printed.push(text) }),
      invitationLink: (token) => `https://app.example.com/activate?token=${token}`,
      emailEncryptionKey: 'a secret of at least thirty-two bytes',
    })
    await tenancy.migrate()
    const system = tenancy.as(SYSTEM)
    const annUser = await system.users.create({ email: 'ann@example.com', name: 'Ann', emailVerified: true })
    const ann = tenancy.as({ userId: annUser.id })
    const acme = await ann.tenants.create({ name: 'Acme' })
    const { link } = await ann.in(acme.id).members.invite({ email: 'Bob@Example.com', role: 'member' })
    const token = link?.split('token=')[1] ?? ''
    const joined = await tenancy
      .as({ guest: true })
      .invitations.signUp({ token, name: 'Bob', password: 'correct horse' })
    expect(joined.membership.roles).toEqual(['member'])
    const access = await tenancy.as({ userId: joined.user.id }).in(acme.id).access()
    expect(access.can('invoice:read')).toBe(true)
    expect(access.can('invoice:approve')).toBe(false)
    expect(access.explain('invoice:approve')).toMatchObject({ allowed: false, reason: 'not_granted' })
    const { token: first } = await ann.in(acme.id).ownership.start()
    await tenancy.flushEmails()
    const code = /\b\d{6}\b/.exec(printed.join('\n').split(annUser.email).at(-1) ?? '')?.[0] ?? ''
    const { token: second } = await ann.in(acme.id).ownership.verify({ token: first, code })
    await ann.in(acme.id).ownership.complete({ userId: joined.user.id, token: second })
    const bob = tenancy.as({ userId: joined.user.id })
    expect((await bob.in(acme.id).access()).roles).toEqual(['owner'])
    expect((await ann.in(acme.id).access()).roles).toEqual(['admin'])
    expect(await bob.in(acme.id).events.verify()).toEqual({ intact: true, events: 6 })
    await tenancy.close()
  })
})

it('migrates nothing for an option that does not exist', async () => {
  const tenancy = createTenancy({ storage: memoryStorage() })
  // @ts-expect-error -- a plan that is misspelt must not migrate
  await expect(tenancy.migrate({ paln: true })).rejects.toThrow('there is no option "paln"')
  expect(await tenancy.migrate({ plan: true })).toEqual([])
})
