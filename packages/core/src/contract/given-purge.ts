import type { Storage } from '../storage/port.js'
import {
  eventOf,
  fileOf,
  formerMemberOf,
  givenTenant,
  givenTwoTenants,
  invitationOf,
  joinRequestOf,
  mailOf,
  noon,
  transferOf,
} from './given.js'
import { tokensOf } from './given-tokens.js'
import { commentOf, resourceOf } from './given-resources.js'
import { write } from './write.js'

const page = { limit: 100 }

/** Acme, deleted at noon, and Zeta, each with rows of every kind. */
export async function givenFullTenants(storage: Storage): Promise<void> {
  await givenTwoTenants(storage)
  for (const [tenantId, ownerId] of [
    ['acme', 'ann'],
    ['zeta', 'zoe'],
  ] as const) {
    await write(storage, async (tx) => {
      await tx.tenants.update({ id: tenantId, status: 'active', set: { slug: tenantId } })
      for (const seq of [1, 2, 3, 4, 5]) await tx.events.append(eventOf({ scope: { tenantId }, seq }))
      for (const id of ['x', 'y'])
        await tx.invitations.insert(invitationOf({ id, tenantId, inviterId: ownerId }), tokensOf(`${tenantId} ${id}`))
      await tx.joinRequests.insert(joinRequestOf({ id: 'ask', tenantId, userId: 'ann' }))
      await tx.formerMembers.put(formerMemberOf({ tenantId, userId: 'bob' }))
      await tx.ownershipTransfers.put(transferOf({ tenantId, ownerId }))
      await tx.resources.insert(resourceOf({ tenantId, type: 'doc', id: 'one', ownerId, labels: { tag: ['a', 'b'] } }))
      for (const id of ['a', 'b']) await tx.comments.insert(commentOf({ tenantId, id, authorId: 'bob' }))
      await tx.files.insert(fileOf({ id: 'logo', tenantId }))
      const told = { id: 'told', tenantId, kind: 'member_left', actorId: null, resource: null, memberId: null } as const
      await tx.notifications.tell({ ...told, at: noon }, [ownerId])
      await tx.mails.enqueue(mailOf({ id: `mail-${tenantId}`, tenantId }))
      await tx.relay.mark({ scope: { tenantId }, from: 1, upTo: 5, now: noon })
      await tx.notificationChains.mark({ scope: { tenantId }, from: 1, upTo: 5, now: noon })
      const dead = { id: `dead-${tenantId}`, scope: { tenantId }, seq: 1, type: 'x', attempts: 1 }
      await tx.relay.bury({ ...dead, lastError: 'x', diedAt: noon })
    })
  }
  await write(storage, (tx) => tx.tenants.setStatus({ id: 'acme', from: 'active', to: 'deleted', deletedAt: noon }))
}

/** Chains of others: more than a step removes, and one of a person whose id is the tenant's. */
export const others = [
  ...['A', 'B', 'C', 'D'].map((organizationId) => ({ organizationId })),
  { userId: 'acme' },
] as const

/** What comes before Acme's in every order, and more of it than a step removes; and a longer log than Acme's. */
export async function givenOthers(storage: Storage): Promise<void> {
  await givenTenant(storage, 'Aaa', ['bob'])
  await write(storage, async (tx) => {
    for (const id of ['a', 'b', 'c', 'd'])
      await tx.invitations.insert(invitationOf({ id, tenantId: 'Aaa', inviterId: 'bob' }), tokensOf(`Aaa ${id}`))
    for (const consumer of ['relay', 'notificationChains'] as const) {
      for (const scope of others) await tx[consumer].mark({ scope, from: 1, upTo: 5, now: noon })
    }
    await tx.events.append(eventOf({ scope: { tenantId: 'zeta' }, seq: 6 }))
  })
}

/** What there is of a tenant, as far as it can be read. */
export async function contentOf({ read }: Storage, tenantId: string) {
  return {
    tenant: await read.tenants.find(tenantId),
    members: await read.memberships.list({ tenantId, page }),
    invitations: await read.invitations.list({ tenantId, page }),
    tokens: await Promise.all(
      [tokensOf(`${tenantId} x`), tokensOf(`${tenantId} y`)]
        .flatMap(({ mailed, revealed }) => [mailed ?? '', revealed ?? ''])
        .map((hash) => read.invitations.locate(hash)),
    ),
    resources: await read.resources.totals({ tenantId }),
    comments: await read.comments.count({ tenantId, resourceType: 'doc', resourceId: 'one' }),
    joinRequests: await read.joinRequests.list({ tenantId, page }),
    formerMember: await read.formerMembers.find({ tenantId, userId: 'bob' }),
    transfer: await read.ownershipTransfers.find(tenantId),
    logo: await read.files.find({ tenantId, id: 'logo' }),
    events: await read.events.list({ scope: { tenantId }, order: 'oldest', limit: 100 }),
    dead: await read.relay.findDead(`dead-${tenantId}`),
  }
}

export const empty = {
  tenant: null,
  members: [],
  invitations: [],
  tokens: [null, null, null, null],
  resources: [],
  comments: 0,
  joinRequests: [],
  formerMember: null,
  transfer: null,
  logo: null,
  events: [],
  dead: null,
}
