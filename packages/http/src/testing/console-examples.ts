import { ask } from './console-client.js'
import type { Examples } from './api-client.js'
import { givePassword, PASSWORD, tokenIn } from './scenario.js'
import type { Scenario } from './scenario.js'

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><rect width="1" height="1"/></svg>'

export function fileForm(content: string | Uint8Array<ArrayBuffer> = SVG, name = 'logo.svg'): FormData {
  const form = new FormData()
  form.append('file', new Blob([content], { type: 'image/svg+xml' }), name)
  return form
}

/** Invites a user to Acme as its owner, and returns the token. */
export async function invite(scenario: Scenario, email: string, role = 'normal'): Promise<string> {
  const key = 'POST /workspaces/current/members/invite-email'
  const { body } = await ask(scenario, key, { as: 'ann', body: { emails: [email], role } })
  return tokenIn(body.invitation_results[0].url)
}

export const CLERK = { key: 'clerk', name: 'Clerk', rank: 15, permissions: ['invoice:read'] }

/** The key of a new role of the caller's workspace. */
export async function customRole(scenario: Scenario, as: 'ann' | 'gil' = 'ann', terms: object = {}): Promise<string> {
  const { body } = await ask(scenario, 'POST /workspaces/current/roles', { as, body: { ...CLERK, ...terms } })
  return body.role.key
}

/** The ID of a new pending invitation to Acme. */
export async function pendingInvitationId(scenario: Scenario, email = 'new@example.com'): Promise<string> {
  await invite(scenario, email)
  const { body } = await ask(scenario, 'GET /workspaces/current/invitations', {
    as: 'ann',
    query: { status: 'pending' },
  })
  return body.data[0].id
}

/** The first token of an ownership transfer, with the emailed code. */
export async function startedTransfer(scenario: Scenario): Promise<{ token: string; code: string }> {
  const key = 'POST /workspaces/current/members/send-owner-transfer-confirm-email'
  const { body } = await ask(scenario, key, { as: 'ann', body: {} })
  const emails = await scenario.deliver()
  const code = /\b\d{6}\b/.exec(emails.findLast(({ to }) => to === scenario.people.ann.email)?.text ?? '')?.[0] ?? ''
  return { token: body.data, code }
}

/** The second token of an ownership transfer. */
export async function verifiedTransfer(scenario: Scenario): Promise<string> {
  const body = await startedTransfer(scenario)
  const response = await ask(scenario, 'POST /workspaces/current/members/owner-transfer-check', { as: 'ann', body })
  return response.body.token
}

/** The ID of a logo uploaded to Acme. With `taken`, Acme uses it. */
export async function uploadedLogo(scenario: Scenario, { taken = false } = {}): Promise<string> {
  const upload = 'POST /workspaces/custom-config/webapp-logo/upload'
  const { body } = await ask(scenario, upload, { as: 'ann', body: fileForm() })
  const config = { as: 'ann', body: { replace_webapp_logo: body.id } } as const
  if (taken) await ask(scenario, 'POST /workspaces/custom-config', config)
  return body.id
}

/** An example request for each route. */
export const EXAMPLES: Examples = {
  'GET /workspaces': () => ({ as: 'ann' }),
  'POST /workspaces': () => ({ as: 'otto', body: { name: 'Otto’s' } }),
  'GET /all-workspaces': () => ({ as: 'opal' }),
  'GET /workspaces/current': () => ({ as: 'vic' }),
  'POST /workspaces/switch': ({ acme }) => ({ as: 'vic', body: { tenant_id: acme } }),
  'POST /workspaces/info': () => ({ as: 'ann', body: { name: 'Acme Ltd' } }),
  'POST /workspaces/archive': () => ({ as: 'ann' }),
  'POST /workspaces/restore': async (scenario) => {
    await ask(scenario, 'POST /workspaces/archive', { as: 'ann' })
    return { as: 'ann', headers: { 'x-workspace-id': scenario.acme } }
  },
  'POST /workspaces/custom-config': () => ({ as: 'ann', body: { remove_webapp_brand: true } }),
  'POST /workspaces/custom-config/webapp-logo/upload': () => ({ as: 'ann', body: fileForm() }),
  'GET /files/workspaces/{workspace_id}/webapp-logo': async (scenario) => {
    await uploadedLogo(scenario, { taken: true })
    return { as: null, params: { workspace_id: scenario.acme } }
  },
  'GET /workspaces/current/members': () => ({ as: 'vic' }),
  'GET /workspaces/current/dataset-operators': () => ({ as: 'vic' }),
  'POST /workspaces/current/members/invite-email': () => ({
    as: 'ann',
    body: { emails: ['new@example.com'], role: 'editor', language: 'en-US' },
  }),
  'DELETE /workspaces/current/members/{member_id}': ({ people }) => ({
    as: 'ann',
    params: { member_id: people.vic.id },
  }),
  'PUT /workspaces/current/members/{member_id}/update-role': ({ people }) => ({
    as: 'ann',
    params: { member_id: people.vic.id },
    body: { role: 'editor' },
  }),
  'POST /workspaces/current/leave': () => ({ as: 'vic' }),
  'GET /workspaces/current/invitations': async (scenario) => {
    await pendingInvitationId(scenario)
    return { as: 'ann' }
  },
  'POST /workspaces/current/invitations/{invitation_id}/resend': async (scenario) => ({
    as: 'ann',
    params: { invitation_id: await pendingInvitationId(scenario) },
  }),
  'DELETE /workspaces/current/invitations/{invitation_id}': async (scenario) => ({
    as: 'ann',
    params: { invitation_id: await pendingInvitationId(scenario) },
  }),
  'POST /workspaces/current/members/send-owner-transfer-confirm-email': () => ({
    as: 'ann',
    body: { language: 'en-US' },
  }),
  'POST /workspaces/current/members/owner-transfer-check': async (scenario) => ({
    as: 'ann',
    body: await startedTransfer(scenario),
  }),
  'POST /workspaces/current/members/{member_id}/owner-transfer': async (scenario) => ({
    as: 'ann',
    params: { member_id: scenario.people.bob.id },
    body: { token: await verifiedTransfer(scenario) },
  }),
  'GET /workspaces/current/roles': () => ({ as: 'vic' }),
  'POST /workspaces/current/roles': () => ({ as: 'ann', body: CLERK }),
  'PUT /workspaces/current/roles/{role_key}': async (scenario) => ({
    as: 'ann',
    params: { role_key: await customRole(scenario) },
    body: { name: 'Teller', rank: 16, permissions: ['invoice:approve'] },
  }),
  'DELETE /workspaces/current/roles/{role_key}': async (scenario) => ({
    as: 'ann',
    params: { role_key: await customRole(scenario) },
  }),
  'GET /workspaces/current/permissions': () => ({ as: 'vic' }),
  'POST /workspaces/current/permissions/explain': ({ people }) => ({
    as: 'ann',
    body: { user_id: people.vic.id, permission: 'invoice:approve', resource: { visibility: 'tenant' } },
  }),
  'GET /workspaces/current/audit-events': () => ({ as: 'ann' }),
  'GET /activate/check': async (scenario) => ({
    as: null,
    query: { token: await invite(scenario, 'new@example.com') },
  }),
  'POST /activate': async (scenario) => ({
    as: null,
    body: {
      token: await invite(scenario, 'new@example.com'),
      name: 'New',
      interface_language: 'en-US',
      timezone: 'Europe/Berlin',
    },
  }),
  'POST /invitations/decline': async (scenario) => ({
    as: null,
    body: { token: await invite(scenario, 'new@example.com') },
  }),
  'POST /login': async (scenario) => {
    await givePassword(scenario, 'bob')
    return { as: null, body: { email: scenario.people.bob.email, password: PASSWORD } }
  },
  'POST /logout': () => ({ as: 'vic' }),
}
