import { SYSTEM } from '@tenantry/core'
import type { Examples } from './api-client.js'
import { fileForm } from './console-examples.js'
import type { Scenario } from './scenario.js'
import { resource, startedTransfer, tenantOf, verifiedTransfer } from './tenancy-fixtures.js'

const inAcme = ({ acme }: Scenario) => ({ tenant: acme })
const ofType = (scenario: Scenario) => ({ ...inAcme(scenario), type: 'protocol' })
const ofResource = async (scenario: Scenario) => ({
  ...ofType(scenario),
  resourceId: await resource(scenario, { as: 'ed' }),
})

/** An example request for each remaining route in a tenant. */
export const OF_TENANTS: Examples = {
  'GET /tenants/{tenant}': (scenario) => ({ as: 'vic', params: inAcme(scenario) }),
  'PATCH /tenants/{tenant}': (scenario) => ({
    as: 'ada',
    params: inAcme(scenario),
    body: { name: 'Acme Ltd', slug: 'acme', description: null },
  }),
  'DELETE /tenants/{tenant}': (scenario) => ({ as: 'ann', params: inAcme(scenario) }),
  'POST /tenants/{tenant}/archive': (scenario) => ({ as: 'ann', params: inAcme(scenario) }),
  'POST /tenants/{tenant}/restore': async (scenario) => {
    const tenant = await tenantOf(scenario, 'ann')
    await scenario.tenancy.as({ userId: scenario.people.ann.id }).in(tenant).archive()
    return { as: 'ann', params: { tenant } }
  },
  'POST /tenants/{tenant}/leave': (scenario) => ({ as: 'vic', params: inAcme(scenario) }),
  'POST /tenants/{tenant}/switch': (scenario) => ({ as: 'vic', params: inAcme(scenario) }),
  'GET /tenants/{tenant}/organization': (scenario) => ({ as: 'vic', params: inAcme(scenario) }),
  'GET /tenants/{tenant}/statistics': (scenario) => ({ as: 'ada', params: inAcme(scenario) }),
  'POST /tenants/{tenant}/images/{setting}': (scenario) => ({
    as: 'ada',
    params: { ...inAcme(scenario), setting: 'logoId' },
    body: fileForm(),
  }),
  'GET /tenants/{tenant}/images/{setting}': async (scenario) => {
    const { tenancy, people, acme } = scenario
    const inside = tenancy.as({ userId: people.ann.id }).in(acme)
    const bytes = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"></svg>')
    const { id } = await inside.uploadImage({ setting: 'logoId', bytes })
    await inside.update({ settings: { logoId: id } })
    return { as: null, params: { ...inAcme(scenario), setting: 'logoId' } }
  },
  'POST /tenants/{tenant}/ownership/start': (scenario) => ({
    as: 'ann',
    params: inAcme(scenario),
    body: { language: 'en' },
  }),
  'POST /tenants/{tenant}/ownership/verify': async (scenario) => ({
    as: 'ann',
    params: inAcme(scenario),
    body: await startedTransfer(scenario),
  }),
  'POST /tenants/{tenant}/ownership/complete': async (scenario) => ({
    as: 'ann',
    params: inAcme(scenario),
    body: { userId: scenario.people.bob.id, token: await verifiedTransfer(scenario) },
  }),
  'GET /tenants/{tenant}/resources/{type}': async (scenario) => {
    await resource(scenario)
    return { as: 'vic', params: ofType(scenario), query: { orderBy: 'name', keyword: 'pcr' } }
  },
  'POST /tenants/{tenant}/resources/{type}': (scenario) => ({
    as: 'ed',
    params: ofType(scenario),
    body: { name: 'PCR', attributes: { steps: 3 }, labels: { tag: ['new'] }, visibility: 'tenant' },
  }),
  'GET /tenants/{tenant}/resources/{type}/{resourceId}': async (scenario) => ({
    as: 'vic',
    params: await ofResource(scenario),
  }),
  'PATCH /tenants/{tenant}/resources/{type}/{resourceId}': async (scenario) => ({
    as: 'ed',
    params: await ofResource(scenario),
    body: { name: 'Better PCR', attributes: { steps: 4 } },
  }),
  'DELETE /tenants/{tenant}/resources/{type}/{resourceId}': async (scenario) => ({
    as: 'ed',
    params: await ofResource(scenario),
  }),
  'GET /tenants/{tenant}/labels/{type}/{kind}': async (scenario) => {
    await resource(scenario)
    return { as: 'vic', params: { ...ofType(scenario), kind: 'category' } }
  },
  'POST /tenants/{tenant}/resources/{type}/{resourceId}/share': async (scenario) => ({
    as: 'ed',
    params: { ...ofType(scenario), resourceId: await resource(scenario, { as: 'ed', visibility: 'private' }) },
    body: {},
  }),
  'POST /tenants/{tenant}/resources/{type}/{resourceId}/unshare': async (scenario) => ({
    as: 'ed',
    params: await ofResource(scenario),
  }),
  'POST /tenants/{tenant}/resources/{type}/{resourceId}/transfer': async (scenario) => ({
    as: 'ed',
    params: await ofResource(scenario),
    body: { userId: scenario.people.bob.id },
  }),
  'GET /tenants/{tenant}/resources/{type}/{resourceId}/comments': async (scenario) => {
    const params = await ofResource(scenario)
    const { tenancy, people, acme } = scenario
    const { comments } = tenancy.as({ userId: people.vic.id }).in(acme)
    await comments.create({ type: 'protocol', id: params.resourceId, text: 'Hm' })
    return { as: 'vic', params }
  },
  'POST /tenants/{tenant}/resources/{type}/{resourceId}/comments': async (scenario) => ({
    as: 'vic',
    params: await ofResource(scenario),
    body: { text: 'Which buffer?' },
  }),
  'GET /tenants/{tenant}/events': (scenario) => ({
    as: 'ada',
    params: inAcme(scenario),
    query: { type: 'member.joined', targetType: 'member', targetId: scenario.people.bob.id },
  }),
  'GET /tenants/{tenant}/events/verify': (scenario) => ({ as: 'ada', params: inAcme(scenario) }),
  'GET /admin/tenants/{tenant}': (scenario) => ({ as: 'opal', params: inAcme(scenario) }),
  'POST /admin/tenants/{tenant}/suspend': (scenario) => ({
    as: 'opal',
    params: inAcme(scenario),
    body: { reason: 'Unpaid' },
  }),
  'POST /admin/tenants/{tenant}/reactivate': async (scenario) => {
    await scenario.tenancy.as(SYSTEM).tenants.suspend({ tenantId: scenario.acme, reason: 'Unpaid' })
    return { as: 'opal', params: inAcme(scenario), body: { reason: 'Paid' } }
  },
  'PUT /admin/tenants/{tenant}/plan': (scenario) => ({
    as: 'opal',
    params: inAcme(scenario),
    body: { plan: 'pro', reason: 'Ordered' },
  }),
  'POST /admin/tenants/{tenant}/transfer-ownership': (scenario) => ({
    as: 'opal',
    params: inAcme(scenario),
    body: { userId: scenario.people.bob.id, reason: 'Ann left the company' },
  }),
}
