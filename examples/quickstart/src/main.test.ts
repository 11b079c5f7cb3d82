import { existsSync, readdirSync, statSync } from 'node:fs'
import { once } from 'node:events'
import { createServer, request, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished, test } from 'vitest'
import type { Announcement } from './start-quickstart.js'
import { call } from './testing/call.js'
import { makeFolder, spawnQuickstart } from './testing/spawn-quickstart.js'

describe('starting and stopping', () => {
  it('prints tokens at the first start, stops on SIGTERM, and keeps its data', async () => {
    const folder = makeFolder()
    const first = spawnQuickstart({ folder })
    const shown = await first.announced()
    expect(Object.keys(shown)).toEqual(['url', 'operatorToken', 'ownerToken', 'workspaceId'])
    const workspace = await call(`${shown.url}/workspaces/current`, { token: shown.ownerToken })
    expect(workspace).toMatchObject({ status: 200, body: { id: shown.workspaceId, role: 'owner' } })
    expect(await call(`${shown.url}/all-workspaces`, { token: shown.operatorToken })).toMatchObject({ status: 200 })
    expect(await call(`${shown.url}/all-workspaces`, { token: shown.ownerToken })).toMatchObject({ status: 403 })
    expect(await call(`${shown.url}/nowhere`)).toMatchObject({ status: 404, body: { code: 'not-found' } })
    expect(statSync(path.join(folder, 'quickstart.sqlite-secret')).mode & 0o777).toBe(0o600)
    expect(await first.stop('SIGTERM')).toMatchObject({ code: 0, signal: null, stderr: '' })

    const second = spawnQuickstart({ folder })
    const again = await second.announced()
    expect(again).toMatchObject({ operatorToken: null, ownerToken: null, workspaceId: shown.workspaceId })
    expect(await call(`${again.url}/workspaces/current`, { token: shown.ownerToken })).toEqual(workspace)
    const { code, stdout, stderr } = await second.stop('SIGINT')
    expect(code).toBe(0)
    expect(stdout.split('\n').slice(1).join('\n')).toBe(`\n# Open ${again.url}\n`)
    expect(stderr).toMatch(/^Tokens were shown at the first start\. .*--reset-tokens\n$/)
    // Nothing is left half-written beside the database.
    expect(readdirSync(folder).sort()).toEqual(['quickstart.sqlite', 'quickstart.sqlite-secret'])
  })

  it('prints exactly one line on stdout with --json, and revokes earlier tokens with --reset-tokens', async () => {
    const folder = makeFolder()
    const start = async (...args: string[]) => {
      const quickstart = spawnQuickstart({ folder, args })
      const announced = await quickstart.announced()
      const statuses = async ({ operatorToken, ownerToken }: Announcement) => [
        (await call(`${announced.url}/all-workspaces`, { token: operatorToken })).status,
        (await call(`${announced.url}/workspaces/current`, { token: ownerToken })).status,
      ]
      const end = async () => {
        const { code, stdout } = await quickstart.stop()
        expect({ code, stdout }).toEqual({ code: 0, stdout: `${JSON.stringify(announced)}\n` })
      }
      return { announced, statuses, end }
    }
    const first = await start('--json')
    expect(await first.statuses(first.announced)).toEqual([200, 200])
    await first.end()
    const second = await start('--json')
    expect(second.announced).toMatchObject({ operatorToken: null, ownerToken: null })
    await second.end()
    const third = await start('--', '--json', '--reset-tokens')
    expect(await third.statuses(first.announced)).toEqual([401, 401])
    expect(await third.statuses(third.announced)).toEqual([200, 200])
    await third.end()
  })

  it('stops cleanly on SIGTERM directly after its first line', async () => {
    const folder = makeFolder()
    const quickstart = spawnQuickstart({ folder, args: ['--json'] })
    await quickstart.announced()
    expect(await quickstart.stop()).toMatchObject({ code: 0, signal: null })
    expect(readdirSync(folder).sort()).toEqual(['quickstart.sqlite', 'quickstart.sqlite-secret'])
  })

  it('accepts no new request after SIGTERM, and completes the current one', async () => {
    const quickstart = spawnQuickstart({ folder: makeFolder() })
    const { url, ownerToken } = await quickstart.announced()
    const headers = {
      Authorization: `Bearer ${ownerToken}`,
      'Content-Type': 'application/json',
      Expect: '100-continue',
    }
    const underWay = request(`${url}/workspaces`, { method: 'POST', headers })
    const responded = once(underWay, 'response')
    underWay.flushHeaders()
    await once(underWay, 'continue')
    const ended = quickstart.stop('SIGTERM')
    while (await fetch(url).catch(() => null)) continue
    underWay.end('{"name": "Last"}')
    const [response] = (await responded) as [IncomingMessage]
    expect(response.statusCode).toBe(201)
    response.resume()
    expect(await ended).toMatchObject({ code: 0 })
  })
})

describe('a failure of the database', () => {
  it('results in a 503 without details, and is logged', async () => {
    const folder = makeFolder()
    const quickstart = spawnQuickstart({ folder })
    const { url, ownerToken } = await quickstart.announced()
    const database = new Database(path.join(folder, 'quickstart.sqlite'))
    database.exec('alter table tenancy_invitations rename to gone')
    database.close()
    const response = await call(`${url}/workspaces/current/invitations`, { token: ownerToken })
    expect(response).toMatchObject({ status: 503, body: { code: 'unavailable', message: 'Try again later' } })
    expect(JSON.stringify(response.body)).not.toContain('table')
    await quickstart.until(() => quickstart.printed.stderr.includes('the storage is unavailable'))
    const line = quickstart.printed.stderr.split('\n').find((one) => one.includes('the storage is unavailable')) ?? ''
    expect(JSON.parse(line)).toMatchObject({
      route: 'GET /workspaces/current/invitations',
      error: { message: expect.stringContaining('no such table') as string, stack: expect.any(String) as string },
    })
  })
})

describe('the command line', () => {
  it('prints its usage with --help', async () => {
    const ended = await spawnQuickstart({ folder: makeFolder(), args: ['--help'] }).closed
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(ended.stdout).toMatch(/^Usage: /)
  })

  it('rejects unknown arguments with its usage, and creates nothing', async () => {
    const folder = makeFolder()
    const ended = await spawnQuickstart({ folder, args: ['--jsno'] }).closed
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(/--jsno[^]+Usage: /)
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('a failed start', () => {
  it('suggests what to do when the port is in use, and prints the tokens at the next start', async () => {
    const folder = makeFolder()
    const other = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void other.close())
    await once(other, 'listening')
    // A server that listens on TCP has an address with a port.
    const { port } = other.address() as AddressInfo
    const ended = await spawnQuickstart({ folder, env: { PORT: String(port) } }).closed
    expect(ended).toMatchObject({ code: 1, stdout: '' })
    expect(ended.stderr).toMatch(`Port ${port} is taken`)
    expect(ended.stderr).toMatch(`PORT=${port + 1} npx`)
    expect(await spawnQuickstart({ folder }).announced()).toMatchObject({ ownerToken: expect.any(String) as string })
  })
})

describe('a first start that is killed', () => {
  /** Whether the database, as far as it is there, holds a row in this table. */
  function holds(file: string, table: string): boolean {
    if (!existsSync(file)) return false
    const database = new Database(file, { readonly: true, timeout: 0 })
    try {
      return database.prepare(`select 1 from ${table}`).get() !== undefined
    } catch {
      return false
    } finally {
      database.close()
    }
  }

  test.each([
    ['the database', (folder: string) => existsSync(path.join(folder, 'quickstart.sqlite'))],
    ['the operator', (folder: string) => holds(path.join(folder, 'quickstart.sqlite'), 'tenancy_users')],
    ['a token', (folder: string) => holds(path.join(folder, 'quickstart.sqlite'), 'tenancy_access_tokens')],
  ])('once %s is there is carried on by the next start', async (_, isThere) => {
    const folder = makeFolder()
    const first = spawnQuickstart({ folder, args: ['--json'] })
    await first.until(() => isThere(folder))
    const killed = await first.stop('SIGKILL')
    expect(killed.signal).toBe('SIGKILL')
    const second = await spawnQuickstart({ folder, args: ['--json'] }).announced()
    // A kill that came late found the tokens shown.
    const known = second.ownerToken === null ? (JSON.parse(killed.stdout) as typeof second) : second
    const { url } = second
    expect(await call(`${url}/workspaces/current`, { token: known.ownerToken })).toMatchObject({ status: 200 })
    expect(await call(`${url}/all-workspaces`, { token: known.operatorToken })).toMatchObject({
      status: 200,
      body: { total: 1, data: [{ id: second.workspaceId }] },
    })
  })
})
