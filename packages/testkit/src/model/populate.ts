import { SYSTEM } from '@tenantry/core'
import { newAccount } from './accounts.js'
import type { Tally } from './command.js'
import { inviteMember } from './commands/invitations.js'
import { acceptInvitation } from './commands/joining.js'
import { createTenant } from './commands/tenants.js'
import { emptyModel } from './model.js'
import type { Model } from './model.js'
import { addressOf, PEOPLE, WITH_ACCOUNTS } from './picks.js'
import type { Scenario } from './scenario.js'

const FIRST_TENANT = { owner: 'ann', bob: 'admin', cem: 'manager', dia: 'member' } as const

/** What there is before the first random command: some accounts, and a tenant of several ranks. */
export async function populate(scenario: Scenario, tally: Tally): Promise<Model> {
  const model = emptyModel()
  for (const name of PEOPLE.slice(0, WITH_ACCOUNTS)) {
    for (const { tenancy } of scenario.sides) {
      await tenancy.as(SYSTEM).users.create({ id: name, email: addressOf(name), emailVerified: true })
    }
    model.users.push(newAccount({ id: name, email: addressOf(name), isVerified: true }))
    model.events.push({ chain: name, type: 'user.created', actorId: null, targetId: name })
  }
  const run = { model, scenario, tally }
  const { owner, ...members } = FIRST_TENANT
  await createTenant.perform(run, { actorId: owner, name: 'Tenant 1', slug: null })
  const tenantId = model.tenants[0]?.id ?? ''
  for (const [userId, role] of Object.entries(members)) {
    await inviteMember.perform(run, { actorId: owner, tenantId, email: addressOf(userId), role })
    await acceptInvitation.perform(run, { token: model.invitationTokens.at(-1) ?? '', userId })
  }
  return model
}
