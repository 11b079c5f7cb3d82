import { memoryStorage, SYSTEM } from '@tenantry/core'
import type { Storage } from '@tenantry/core'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { STORAGES } from '../../testing/storages.js'
import { ask } from '../../testing/workspaces-client.js'
import { organizationOf, PCR } from '../../testing/workspaces-examples.js'
import { createScenario } from '../../testing/scenario.js'
import type { Person, Scenario } from '../../testing/scenario.js'

const EXPORT = 'GET /organizations/{org_id}/export'

let scenario: Scenario
let org_id: string
afterEach(() => scenario.close())

async function start(storage: Storage): Promise<void> {
  scenario = await createScenario(storage)
  org_id = await organizationOf(scenario, 'ada')
}

const exportAs = (as: Person) => ask(scenario, EXPORT, { as, params: { org_id } })

/** A workspace of the organization with a protocol, what was said about it, and a dataset. */
async function labFixture(): Promise<string> {
  const ada = scenario.tenancy.as({ userId: scenario.people.ada.id })
  const { id } = await ada.organization(org_id).tenants.create({ name: 'Lab' })
  const { title: name, description, categories, tags } = PCR
  const protocol = { name, attributes: { description, steps: [] }, labels: { category: categories, tag: tags } }
  const { resources, comments } = ada.in(id)
  const made = await resources.create({ type: 'protocol', visibility: 'tenant', ...protocol })
  await comments.create({ type: 'protocol', id: made.id, text: 'Which buffer?' })
  await resources.create({ type: 'dataset', visibility: 'tenant', name: 'Readings' })
  return id
}

describe('an export', () => {
  beforeEach(() => start(memoryStorage()))

  it('contains one record per line in this API’s format, and a manifest that anyone can verify', async () => {
    const workspace_id = await labFixture()
    const { text, headers } = await exportAs('ada')
    expect(headers.get('content-disposition')).toBe('attachment; filename="organization.ndjson"')
    const lines = text.split(/(?<=\n)/)
    const records = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    const manifest = records.pop()
    const counts: Record<string, number> = {}
    for (const { kind } of records) counts[String(kind)] = (counts[String(kind)] ?? 0) + 1
    const sha256 = createHash('sha256').update(lines.slice(0, -1).join('')).digest('hex')
    expect(manifest).toEqual({ kind: 'manifest', organization_id: org_id, counts, sha256 })
    expect(counts).toMatchObject({ organization: 1, workspace: 1, member: 1, protocol: 1, comment: 1, resource: 1 })
    const of = (kind: string) => records.find((record) => record['kind'] === kind)
    expect(records[0]).toMatchObject({ kind: 'organization', id: org_id, created_on: '2026-03-01T12:02:00.000Z' })
    expect(of('workspace')).toMatchObject({ id: workspace_id, name: 'Lab', settings: { join_policy: 'closed' } })
    expect(of('member')).toMatchObject({ workspace_id, email: scenario.people.ada.email, role: 'owner' })
    const { title, description, categories, tags } = PCR
    expect(of('protocol')).toMatchObject({ workspace_id, title, description, categories, tags })
    expect(of('comment')).toMatchObject({ workspace_id, text: 'Which buffer?', resource_type: 'protocol' })
    expect(of('resource')).toMatchObject({ workspace_id, type: 'dataset', title: 'Readings' })
    expect(of('audit_event')).toMatchObject({ workspace_id: null, type: 'organization.created', seq: 1 })
  })

  it('requires an organization admin, and is not found for others', async () => {
    await scenario.tenancy.as(SYSTEM).organization(org_id).members.add({ userId: scenario.people.bob.id })
    expect((await exportAs('bob')).status).toBe(403)
    const foreign = await exportAs('gil')
    const unknown = await ask(scenario, EXPORT, { as: 'gil', params: { org_id: 'nowhere' } })
    expect([foreign.status, foreign.text]).toEqual([404, unknown.text])
    expect(scenario.events.filter(({ type }) => type === 'organization.exported')).toEqual([])
  })
})

describe.each(STORAGES)('an export from $storage', ({ makeStorage }) => {
  const turns = async (count: number) => {
    for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
  }

  it('stops when the client disconnects, and holds no lock while the client reads slowly', async () => {
    const storage = makeStorage()
    const { resources } = storage.read
    let pages = 0
    const list: typeof resources.list = (query) => {
      pages++
      return resources.list(query)
    }
    await start({ ...storage, read: { ...storage.read, resources: { ...resources, list } } })
    await protocolsFixture(storage, await labFixture(), 3000)
    const token = scenario.people.ada.token
    const socket = connect(Number(new URL(scenario.url).port), '127.0.0.1')
    socket.write(
      `GET /api/v3/organizations/${org_id}/export HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`,
    )
    await once(socket, 'readable')
    // The client reads nothing: what lies between fills up, and then nothing more is read.
    for (let before = -1; before < pages;) {
      before = pages
      await turns(2000)
    }
    // Of 31 that there are.
    expect(pages).toBeLessThan(31)
    const otto = scenario.tenancy.as({ userId: scenario.people.otto.id })
    await otto.tenants.create({ name: 'Meanwhile' })
    socket.destroy()
    await turns(2000)
    const atTheEnd = pages
    await turns(2000)
    expect([pages, scenario.logged]).toEqual([atTheEnd, []])
    await otto.tenants.create({ name: 'Afterwards' })
  })
})

/** So many protocols of 10 kB in a workspace of Ada's, which has one of each kind already. */
async function protocolsFixture(storage: Storage, tenantId: string, count: number): Promise<void> {
  const { items } = await scenario.tenancy
    .as({ userId: scenario.people.ada.id })
    .in(tenantId)
    .resources.list({ type: 'protocol' })
  const [protocol] = items
  if (!protocol) throw new Error('no protocol')
  const attributes = { description: 'x'.repeat(10_000) }
  // A transaction on SQLite repeats what it has written with each insertion that may be refused: few rows in each.
  for (let first = 0; first < count; first += 50) {
    await storage.transaction({}, async (tx) => {
      for (let number = first; number < first + 50; number++)
        await tx.resources.insert({ ...protocol, id: `many-${number}`, attributes })
    })
  }
}
