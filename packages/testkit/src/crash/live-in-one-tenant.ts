import { randomUUID } from 'node:crypto'
import { GUEST, SYSTEM } from '@tenantry/core'
import type { EventScope, EventType, Tenancy, User } from '@tenantry/core'
import { RIGHT_CODE } from './crash-tenancy.js'

/** A write that was answered: the event it must have left, and where. */
export interface Acknowledged {
  readonly scope: EventScope
  readonly type: EventType
  readonly targetId: string
}

type Acknowledge = (write: Acknowledged) => void

/** The life of one tenant: it is made, joined, changed, handed over, put away and brought back. */
export async function liveInOneTenant(tenancy: Tenancy, acknowledge: Acknowledge): Promise<void> {
  const [ann, bob] = [await newAccount(tenancy, acknowledge), await newAccount(tenancy, acknowledge)]
  const asAnn = tenancy.as({ userId: ann.id })
  const { id: tenantId } = await asAnn.tenants.create({ name: 'One of many' })
  const done = (type: EventType, targetId = tenantId) => acknowledge({ scope: { tenantId }, type, targetId })
  done('tenant.created')
  const here = asAnn.in(tenantId)

  const { invitation } = await here.members.invite({ email: newAddress(), role: 'member' })
  done('invitation.created', invitation.id)
  const { link } = await here.invitations.resend({ invitationId: invitation.id })
  done('invitation.resent', invitation.id)
  const { user: cem } = await tenancy.as(GUEST).invitations.signUp({ token: tokenIn(link) })
  done('member.joined', cem.id)

  const forBob = await here.members.invite({ email: bob.email, role: 'member' })
  done('invitation.created', forBob.invitation.id)
  await tenancy.as({ userId: bob.id }).invitations.accept({ token: tokenIn(forBob.link) })
  done('member.joined', bob.id)

  await here.members.setRoles({ userId: cem.id, roles: ['viewer'] })
  done('member.roles_updated', cem.id)
  await here.members.deactivate({ userId: cem.id })
  done('member.deactivated', cem.id)
  await here.members.activate({ userId: cem.id })
  done('member.activated', cem.id)

  const spare = await here.members.invite({ email: newAddress(), role: 'viewer' })
  done('invitation.created', spare.invitation.id)
  await here.invitations.revoke({ invitationId: spare.invitation.id })
  done('invitation.revoked', spare.invitation.id)

  const { token: first } = await here.ownership.start()
  done('ownership_transfer.started')
  const { token: second } = await here.ownership.verify({ token: first, code: RIGHT_CODE })
  done('ownership_transfer.verified')
  await here.ownership.complete({ userId: bob.id, token: second })
  done('ownership.transferred', bob.id)

  const hisOwn = tenancy.as({ userId: bob.id }).in(tenantId)
  await hisOwn.members.remove({ userId: ann.id })
  done('member.removed', ann.id)
  await hisOwn.archive()
  done('tenant.archived')
  await hisOwn.restore()
  done('tenant.restored')
}

async function newAccount(tenancy: Tenancy, acknowledge: Acknowledge): Promise<User> {
  const user = await tenancy.as(SYSTEM).users.create({ email: newAddress(), emailVerified: true })
  acknowledge({ scope: { userId: user.id }, type: 'user.created', targetId: user.id })
  const { token } = await tenancy.as({ userId: user.id }).accessTokens.create()
  acknowledge({ scope: { userId: user.id }, type: 'access_token.issued', targetId: token.id })
  return user
}

const newAddress = () => `${randomUUID()}@example.com`

function tokenIn(link: string | null): string {
  const token = link?.split('token=')[1]
  if (token === undefined) throw new Error('An invitation came without its link.')
  return token
}
