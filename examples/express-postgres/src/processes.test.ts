import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'

const database = useTestDatabase()

/** Runs a file of this example as a process. */
function run(file: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL(file, import.meta.url))], {
    env: { PATH: process.env['PATH'], DATABASE_URL: database.url, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text))
  const closed = once(child, 'close').then(([code]: unknown[]) => ({ code, printed }))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await closed
  })
  return { child, closed, printed: () => printed }
}

async function migrate() {
  const { code, printed } = await run('./migrate.ts').closed
  expect(code).toBe(0)
  const keyOf = (name: string) => new RegExp(`^${name}=(\\S+)$`, 'm').exec(printed)?.[1] ?? ''
  return { ann: keyOf('ANN'), bob: keyOf('BOB') }
}

/** A server, and how a person asks it. */
async function start() {
  const { child, closed, printed } = run('./main.ts')
  await Promise.race([once(child.stdout, 'data'), closed])
  const url = printed().trim()

  async function ask<Body>(key: string, method: string, path: string, body?: object) {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { Authorization: `Bearer ${key}`, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    // Whatever else the server said fails the test where it is used.
    return { status: response.status, body: (await response.json()) as Body }
  }
  async function stop() {
    child.kill('SIGTERM')
    return (await closed).code
  }
  return { ask, stop }
}

interface Invited {
  readonly invitation_results: readonly { readonly url: string }[]
}

test('a change by one process is visible to the other immediately, and either can stop', async () => {
  const { ann, bob } = await migrate()
  const [one, other] = await Promise.all([start(), start()])
  expect(await one.ask('nobody', 'GET', '/workspaces/current')).toMatchObject({ status: 401 })

  expect(await one.ask(ann, 'POST', '/workspaces', { name: 'Acme' })).toMatchObject({ status: 201 })
  const invite = { emails: ['bob@example.com'], role: 'editor' }
  const invited = await other.ask<Invited>(ann, 'POST', '/workspaces/current/members/invite-email', invite)
  const token = invited.body.invitation_results[0]?.url.split('token=')[1]
  expect(await one.ask(bob, 'POST', '/activate', { token })).toMatchObject({ status: 200 })
  expect(await other.ask(bob, 'GET', '/workspaces/current')).toMatchObject({ body: { name: 'Acme', role: 'editor' } })

  expect(await other.ask(ann, 'DELETE', '/workspaces/current/members/2')).toMatchObject({ status: 200 })
  expect(await one.ask(bob, 'GET', '/workspaces/current')).toMatchObject({ status: 404 })

  expect(await one.stop()).toBe(0)
  expect(await other.ask(ann, 'GET', '/workspaces/current')).toMatchObject({ status: 200, body: { name: 'Acme' } })
  expect(await other.stop()).toBe(0)
})

test('an invitation that both processes receive concurrently is accepted once', async () => {
  const { ann, bob } = await migrate()
  const [one, other] = await Promise.all([start(), start()])
  await one.ask(ann, 'POST', '/workspaces', { name: 'Globex' })
  const invite = { emails: ['bob@example.com'], role: 'editor' }
  const invited = await one.ask<Invited>(ann, 'POST', '/workspaces/current/members/invite-email', invite)
  const token = invited.body.invitation_results[0]?.url.split('token=')[1]
  const responses = await Promise.all([one, other].map(({ ask }) => ask(bob, 'POST', '/activate', { token })))
  expect(responses.filter(({ status }) => status === 200)).toHaveLength(1)
})
