import { expect, test } from 'vitest'
import { call } from './testing/call.js'
import { openFakeSmtpServer } from './testing/fake-smtp-server.js'
import { makeFolder, spawnQuickstart } from './testing/spawn-quickstart.js'

interface Session {
  readonly data: { readonly access_token: string }
}

test('a workspace from its invitation email to its new owner, over HTTP and SMTP', async () => {
  const smtpServer = await openFakeSmtpServer()
  const env = { SMTP_URL: smtpServer.url, MAIL_FROM: 'Demo <demo@app.example>' }
  const { url, ownerToken: ann } = await spawnQuickstart({ folder: makeFolder(), env }).announced()

  const made = await call(`${url}/workspaces`, { method: 'POST', token: ann, body: { name: 'Acme' } })
  expect(made).toMatchObject({ status: 201, body: { result: 'success', tenant: { name: 'Acme', role: 'owner' } } })
  const acme = (made.body as { readonly tenant: { readonly id: string } }).tenant.id
  const switched = await call(`${url}/workspaces/switch`, { method: 'POST', token: ann, body: { tenant_id: acme } })
  expect(switched).toMatchObject({ status: 200, body: { new_tenant: { id: acme } } })

  const members = `${url}/workspaces/current/members`
  const invite = { emails: ['bob@example.com'], role: 'read_only', language: 'en-US' }
  expect(await call(`${members}/invite-email`, { method: 'POST', token: ann, body: invite })).toMatchObject({
    status: 201,
  })
  const invitation = await smtpServer.next('bob@example.com')
  expect(invitation).toMatchObject({ subject: 'Ann invites you to Acme', from: { address: 'demo@app.example' } })
  expect(invitation.messageId).toMatch(/^<[^@]+@app\.example>$/)
  const link = new URL(/https?:\S+/.exec(invitation.text ?? '')?.[0] ?? '')
  expect(`${link.origin}${link.pathname}`).toBe(`${url}/activate`)
  // The link opens a page; it sends the token on to the documented routes.
  const page = await fetch(link)
  expect(page.status).toBe(200)
  expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  expect(await page.text()).toContain('Accept an invitation')

  const token = link.searchParams.get('token')
  expect(await call(`${url}/activate/check${link.search}`)).toMatchObject({
    status: 200,
    body: { is_valid: true, data: { workspace_id: acme, workspace_name: 'Acme', email: 'bob@example.com' } },
  })
  const account = { token, name: 'Bob', password: 'battery staple' }
  const activated = await call<Session>(`${url}/activate`, { method: 'POST', body: account })
  expect(activated).toMatchObject({ status: 200, body: { result: 'success' } })
  const bob = activated.body.data.access_token
  expect(await call(`${url}/workspaces/current`, { token: bob })).toMatchObject({
    body: { id: acme, role: 'read_only' },
  })
  const used = await call(`${url}/activate`, { method: 'POST', body: account })
  expect(used).toMatchObject({ status: 400, body: { code: 'invalid-token' } })

  const list = await call<{ readonly accounts: readonly { readonly id: string; readonly email: string }[] }>(members, {
    token: ann,
  })
  const bobId = list.body.accounts.find(({ email }) => email === 'bob@example.com')?.id
  const refused = await call(`${members}/${bobId}/update-role`, { method: 'PUT', token: bob, body: { role: 'admin' } })
  expect(refused).toMatchObject({ status: 400, body: { code: 'cannot-operate-self' } })
  const promoted = await call(`${members}/${bobId}/update-role`, { method: 'PUT', token: ann, body: { role: 'admin' } })
  expect(promoted).toEqual({ status: 200, body: { result: 'success' } })
  expect(await call(`${url}/workspaces/current`, { token: bob })).toMatchObject({ body: { role: 'admin' } })

  const asked = await call<{ readonly data: string }>(`${members}/send-owner-transfer-confirm-email`, {
    method: 'POST',
    token: ann,
    body: {},
  })
  expect(asked).toMatchObject({ status: 200, body: { result: 'success' } })
  const code = /\b\d{6}\b/.exec((await smtpServer.next('owner@example.com')).text ?? '')?.[0]
  const check = { code, token: asked.body.data }
  const checked = await call<{ readonly token: string }>(`${members}/owner-transfer-check`, {
    method: 'POST',
    token: ann,
    body: check,
  })
  expect(checked).toMatchObject({ status: 200, body: { is_valid: true, email: 'owner@example.com' } })
  const handOver = { method: 'POST', token: ann, body: { token: checked.body.token } }
  expect(await call(`${members}/${bobId}/owner-transfer`, handOver)).toEqual({
    status: 200,
    body: { result: 'success' },
  })
  expect(await call(`${url}/workspaces/current`, { token: bob })).toMatchObject({ body: { id: acme, role: 'owner' } })
  expect(await call(`${url}/workspaces/current`, { token: ann })).toMatchObject({ body: { id: acme, role: 'admin' } })
  for (const address of ['owner@example.com', 'bob@example.com']) {
    expect((await smtpServer.next(address)).text).toContain('Bob')
  }

  const login = { email: 'bob@example.com', password: 'battery staple' }
  const session = await call<Session>(`${url}/login`, { method: 'POST', body: login })
  expect(await call(`${url}/workspaces`, { token: session.body.data.access_token })).toMatchObject({
    body: { workspaces: [{ id: acme, role: 'owner' }] },
  })
})

test('emails are printed on stderr without SMTP, and links start with PUBLIC_URL', async () => {
  const quickstart = spawnQuickstart({
    folder: makeFolder(),
    args: ['--json'],
    env: { PUBLIC_URL: 'https://app.example/' },
  })
  const { url, ownerToken } = await quickstart.announced()
  await call(`${url}/workspaces/current/members/invite-email`, {
    method: 'POST',
    token: ownerToken,
    body: { emails: ['bob@example.com'], role: 'editor' },
  })
  await quickstart.until(() => quickstart.printed.stderr.includes('https://app.example/activate?token='))
  expect(quickstart.printed.stderr).toContain('To: bob@example.com')
})

test('requests are logged without their tokens if logging is enabled', async () => {
  const quickstart = spawnQuickstart({ folder: makeFolder(), args: ['--json'], env: { LOG_LEVEL: 'info' } })
  const { url, ownerToken } = await quickstart.announced()
  await call(`${url}/activate/check?token=guessed`)
  await call(`${url}/workspaces/current`, { token: ownerToken })
  const { stdout, stderr } = await quickstart.stop()
  const requests = stderr.split('\n').filter((line) => line.includes('"msg":"request"'))
  expect(requests.map((line): unknown => JSON.parse(line))).toMatchObject([
    { method: 'GET', path: '/activate/check', status: 200 },
    { method: 'GET', path: '/workspaces/current', status: 200 },
  ])
  expect(stderr).not.toContain('guessed')
  expect(stderr).not.toContain(ownerToken)
  expect(stdout.split('\n')).toHaveLength(2)
})
