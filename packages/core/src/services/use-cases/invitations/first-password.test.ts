import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'
import { GUEST } from '../../pipeline/actor.js'

const ADDRESS = 'new@example.com'
const DAY = 24 * 3_600_000

describe('an account that an invitation opened without a password', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  let opened: { readonly userId: string; readonly accessToken: string }
  const guest = () => fixture.tenancy.as(GUEST)
  const mailed = (email = ADDRESS) => fixture.inviteByEmail(fixture.zeta, 'outsider', { email })
  const signIn = () => guest().users.signIn({ email: ADDRESS, password: 'correct horse' })
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
    const token = await fixture.inviteByEmail(fixture.acme, 'admin', { email: ADDRESS, role: 'editor' })
    const { user, accessToken } = await guest().invitations.signUp({ token, name: 'Nell' })
    opened = { userId: user.id, accessToken }
  })

  it('is set with an emailed token only, and signs out existing sessions', async () => {
    fixture.tick(15 * DAY)
    await refusal(fixture, 'invalid_credentials', signIn)
    const token = await mailed()
    const events = await fixture.eventsOf(async () => {
      const details = { token, password: 'correct horse', name: 'Not taken over', language: 'de-AT' }
      const { user } = await guest().invitations.signUp(details)
      expect(user).toMatchObject({ id: opened.userId, name: 'Nell', language: null })
    })
    expect(events.map(({ type, data }) => [type, data])).toMatchObject([
      ['user.updated', { changed: ['password'] }],
      ['access_token.issued', {}],
      ['member.joined', { via: 'invitation' }],
    ])
    await signIn()
    expect((await fixture.inAcme(opened.userId).access()).roles).toEqual(['editor'])
    await fixture.tenancy.flushEmails()
    expect(fixture.sent.at(-1)).toMatchObject({ to: ADDRESS, text: expect.stringMatching(/password/i) })
  })

  it('ends sessions that other people opened', async () => {
    await guest().invitations.signUp({ token: await mailed(), password: 'correct horse' })
    expect(await fixture.tenancy.authenticate(opened.accessToken)).toBeNull()
  })

  it('is not opened without giving one, nor by the link that an inviter saw', async () => {
    const token = await mailed()
    await refusal(fixture, 'unauthenticated', () => guest().invitations.signUp({ token }))
    const seen = await fixture.invite(fixture.zeta, 'outsider', { email: ADDRESS })
    await refusal(fixture, 'unauthenticated', () =>
      guest().invitations.signUp({ token: seen, password: 'the inviter’s' }),
    )
  })

  it('is not opened once it has one, nor where it is disabled or an operator’s', async () => {
    const open = async () => {
      const token = await mailed()
      await refusal(fixture, 'unauthenticated', () => guest().invitations.signUp({ token, password: 'another one' }))
    }
    const { userId } = opened
    await fixture.system.users.update({ userId, status: 'disabled' })
    await open()
    await fixture.system.users.update({ userId, status: 'active', superuser: true })
    await open()
    await fixture.system.users.update({ userId, superuser: false, password: 'correct horse' })
    await open()
    await signIn()
  })
})
