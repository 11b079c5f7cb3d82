import type { TenancyOptions } from '../tenancy-options.js'
import { givenTenancy } from './given-tenancy.js'

/**
 * Umbrella with its admins Ann and Ada, its plain member Mel and its inactive admin Ina; its tenant Acme, which Ann
 * owns, with Ed and Mel in it; Omega, which Zoe runs, with its tenant Zeta; Free, which Fay owns, in no organization.
 */
export async function givenOrganization(options: Partial<TenancyOptions> = {}) {
  const given = await givenTenancy(options)
  for (const id of ['ann', 'ada', 'mel', 'ina', 'ed', 'zoe', 'fay', 'stranger']) await given.user(id)
  await given.user('root', { superuser: true })
  const umbrella = await given.organization('ann', 'umbrella')
  const omega = await given.organization('zoe', 'omega')
  const add = (userId: string, flags: object = {}) =>
    given.system.inOrganization(umbrella).members.add({ userId, ...flags })
  await add('ada', { admin: true })
  await add('mel')
  await add('ina', { admin: true, active: false })
  const { id: acme } = await given.as('ann').inOrganization(umbrella).tenants.create({ name: 'Acme', slug: 'acme' })
  const { id: zeta } = await given.as('zoe').inOrganization(omega).tenants.create({ name: 'Zeta', slug: 'zeta' })
  const { id: free } = await given.as('fay').tenants.create({ name: 'Free' })
  await given.join(acme, 'ed', { role: 'editor', invitedBy: 'ann' })
  await given.join(acme, 'mel', { role: 'member', invitedBy: 'ann' })
  return {
    ...given,
    umbrella,
    omega,
    acme,
    zeta,
    free,
    inUmbrella: (id: string) => given.as(id).inOrganization(umbrella),
    inAcme: (id: string) => given.as(id).in(acme),
  }
}

export type GivenOrganization = Awaited<ReturnType<typeof givenOrganization>>
