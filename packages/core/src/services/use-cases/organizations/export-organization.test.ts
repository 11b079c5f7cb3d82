import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { commentOf, resourceOf } from '../../../contract/fixtures/resources.js'
import { membershipOf, userOf } from '../../../contract/fixtures/rows.js'
import { memoryStorage } from '../../../storage/memory-storage/memory-storage.js'
import type { Reads, Storage } from '../../../storage/port.js'
import { organizationFixture } from '../../../testing/fixtures/organization.js'
import type { OrganizationFixture } from '../../../testing/fixtures/organization.js'
import { refusal } from '../../../testing/refusal.js'
import { GUEST } from '../../pipeline/actor.js'
import { hashEvent } from '../../pipeline/chain.js'
import type { ExportedThing, ExportManifest, ExportRecord } from '../../steps/organizations/export-record.js'

/** A storage that notes every question it is asked, and how many rows each answer held. */
function countingStorage() {
  const storage = memoryStorage()
  const answers: number[] = []
  const counted = <Noun extends object>(noun: Noun): Noun =>
    new Proxy(noun, {
      get(target, name, receiver) {
        const method: unknown = Reflect.get(target, name, receiver)
        if (typeof method !== 'function') return method
        return async (...fixture: unknown[]) => {
          const answer: unknown = await method.apply(target, fixture)
          answers.push(Array.isArray(answer) ? answer.length : 1)
          return answer
        }
      },
    })
  // Each noun is replaced by one of the same type.
  const read = Object.fromEntries(Object.entries(storage.read).map(([name, noun]) => [name, counted(noun)])) as Reads
  return { storage: { ...storage, read } satisfies Storage, answers }
}

async function all(records: AsyncIterable<ExportRecord>): Promise<ExportRecord[]> {
  const taken = []
  for await (const record of records) taken.push(record)
  return taken
}

const things = (records: readonly ExportRecord[]) =>
  records.filter((record): record is ExportedThing => record.kind !== 'manifest')

function manifestOf(records: readonly ExportRecord[]): ExportManifest | undefined {
  return records.flatMap((record) => (record.kind === 'manifest' ? [record.data] : []))[0]
}

let fixture: OrganizationFixture
let answers: number[]
beforeEach(async () => {
  const counting = countingStorage()
  answers = counting.answers
  fixture = await organizationFixture({
    storage: counting.storage,
    resources: { invoice: ['create', 'read', 'comment'] },
  })
})

const exportAs = (id: string) => all(fixture.inUmbrella(id).export())

async function invoiceFixture(by: string, fields: { name: string; visibility: 'tenant' | 'private' }) {
  return fixture.inAcme(by).resources.create({ type: 'invoice', ...fields })
}

/** Acme gets this many members more. */
async function manyMembersFixture(count: number): Promise<void> {
  const ids = Array.from({ length: count }, (_, index) => `many-${String(index).padStart(4, '0')}`)
  await fixture.storage.transaction({}, async (tx) => {
    for (const id of ids) {
      await tx.users.insert(userOf({ id }))
      await tx.memberships.insert(membershipOf({ tenantId: fixture.acme, userId: id }))
    }
  })
}

describe('the export of an organization', () => {
  it('holds the organization, its members, and its tenants with all that is in them', async () => {
    const invoice = await invoiceFixture('ed', { name: 'Paper', visibility: 'tenant' })
    const second = await fixture.inUmbrella('ada').tenants.create({ name: 'Second' })
    await fixture.inUmbrella('ada').tenants.archive({ tenantId: second.id })
    const first = await fixture.inAcme('mel').comments.create({ type: 'invoice', id: invoice.id, text: 'First' })
    const records = await exportAs('ann')
    const dataOf = (kind: string) => records.flatMap((record) => (record.kind === kind ? [record.data] : []))
    expect(records[0]).toEqual({ kind: 'organization', data: await fixture.inUmbrella('ann').get() })
    expect(dataOf('organization_member')).toEqual((await fixture.inUmbrella('ann').members.list()).items)
    expect(dataOf('tenant')).toEqual((await fixture.inUmbrella('ann').tenants.list()).items)
    const members = (await fixture.inAcme('ann').members.list()).items
    expect(dataOf('member')).toEqual([...members, expect.objectContaining({ tenantId: second.id, userId: 'ada' })])
    expect(dataOf('resource')).toEqual([invoice])
    expect(dataOf('comment')).toEqual([first])
    const { events } = fixture.storage.read
    const chains = [{ organizationId: fixture.umbrella }, { tenantId: fixture.acme }, { tenantId: second.id }]
    const whole = chains.map((scope) => events.list({ scope, order: 'oldest', limit: 1000 }))
    expect(dataOf('event')).toEqual((await Promise.all(whole)).flat())
  })

  it('ends with a manifest that anybody can check', async () => {
    await manyMembersFixture(250)
    const records = await exportAs('ann')
    const lines = things(records).map((record) => `${JSON.stringify(record)}\n`)
    const counts = Object.fromEntries(
      ['organization', 'organization_member', 'tenant', 'member', 'resource', 'comment', 'event'].map((kind) => [
        kind,
        records.filter((record) => record.kind === kind).length,
      ]),
    )
    expect(counts).toMatchObject({ organization: 1, tenant: 1, member: 253 })
    expect(records.at(-1)).toEqual({
      kind: 'manifest',
      data: {
        organizationId: fixture.umbrella,
        counts,
        sha256: createHash('sha256').update(lines.join('')).digest('hex'),
      },
    })
  })

  it('holds audit logs of which every entry follows from the one before', async () => {
    const records = await exportAs('ann')
    const last = new Map<string, string>()
    for (const { kind, data } of things(records)) {
      if (kind !== 'event') continue
      const chain = JSON.stringify(data.scope)
      expect(data.previousHash).toBe(last.get(chain) ?? null)
      expect(data.hash).toBe(hashEvent(data))
      last.set(chain, data.hash)
    }
    expect(last.size).toBe(2)
  })

  it('holds nothing of other tenants, deleted ones, or what others keep private', async () => {
    const { id } = await invoiceFixture('ed', { name: 'Private of Ed', visibility: 'private' })
    await fixture.inAcme('ed').comments.create({ type: 'invoice', id, text: 'Said of a private one' })
    await invoiceFixture('ann', { name: 'Private of Ann', visibility: 'private' })
    const gone = await fixture.inUmbrella('ada').tenants.create({ name: 'Gone' })
    await fixture.inUmbrella('ada').tenants.delete({ tenantId: gone.id })
    const text = JSON.stringify(await exportAs('ann'))
    for (const name of ['Gone', 'Zeta', 'Free', 'zoe@example.com', 'Said of']) expect(text).not.toContain(name)
    const resources = (await exportAs('ann')).flatMap(({ kind, data }) => (kind === 'resource' ? [data.name] : []))
    expect(resources).toEqual(['Private of Ann'])
    const bySystem = await all(fixture.system.organization(fixture.umbrella).export())
    expect(manifestOf(bySystem)?.counts.resource).toBe(0)
  })

  it('holds no secret', async () => {
    await fixture.invite(fixture.acme, 'ann', { email: 'new@example.com' })
    await fixture.inAcme('ann').ownership.start({})
    await fixture.storage.transaction({}, (tx) => tx.users.setPasswordHash('ed', 'hash of Ed'))
    const { token } = await fixture.as('ann').accessTokens.create({})
    const text = JSON.stringify(await exportAs('ann'))
    for (const secret of ['hash of Ed', 'token-', token, 'passwordHash', 'tokenHash', 'superuser'])
      expect(text).not.toContain(secret)
    expect(text).toContain('new@example.com')
  })

  it('is for admins and operators, and leaves one event in the chain of the organization', async () => {
    const start = (id: string) => fixture.inUmbrella(id).export().next()
    await refusal(fixture, 'forbidden', () => start('mel'))
    for (const id of ['ina', 'ed', 'zoe', 'stranger']) await refusal(fixture, 'organization_not_found', () => start(id))
    const asGuest = fixture.tenancy.as(GUEST).organization(fixture.umbrella)
    await refusal(fixture, 'unauthenticated', () => asGuest.export().next())
    await refusal(fixture, 'organization_not_found', () => fixture.as('ann').organization('nowhere').export().next())
    for (const id of ['ada', 'root']) {
      const events = await fixture.eventsOf(() => exportAs(id))
      const target = { type: 'organization', id: fixture.umbrella }
      expect(events).toEqual([{ type: 'organization.exported', actorId: id, target, data: {} }])
      expect(fixture.heard.at(-1)?.scope).toEqual({ organizationId: fixture.umbrella })
    }
  })

  it('ends with an error, and without a manifest, once its reader is no admin any more', async () => {
    await manyMembersFixture(250)
    const taken: ExportRecord[] = []
    const cut = (async () => {
      for await (const record of fixture.inUmbrella('ada').export()) {
        taken.push(record)
        if (taken.filter(({ kind }) => kind === 'member').length === 101)
          await fixture.inUmbrella('ann').members.update({ userId: 'ada', admin: false })
      }
    })()
    await expect(cut).rejects.toMatchObject({ code: 'forbidden' })
    expect(taken.filter(({ kind }) => kind === 'member')).toHaveLength(200)
    expect(manifestOf(taken)).toBeUndefined()
  })

  it('leaves out a tenant that is deleted before its turn', async () => {
    await fixture.inUmbrella('ada').tenants.create({ name: 'Second' })
    const names: string[] = []
    for await (const { kind, data } of fixture.inUmbrella('ada').export()) {
      if (kind !== 'tenant') continue
      names.push(data.name)
      const { items } = await fixture.inUmbrella('ann').tenants.list()
      for (const { id, name } of items) {
        if (name === 'Second') await fixture.inUmbrella('ann').tenants.delete({ tenantId: id })
      }
    }
    expect(names).toEqual(['Acme'])
  })

  it('never holds more than a page, however many there are, and asks for nothing before it is wanted', async () => {
    await manyMembersFixture(1000)
    answers.length = 0
    const records = fixture.inUmbrella('ann').export()
    expect(answers).toEqual([])
    let members = 0
    for (const wanted of [1, 100]) {
      while (members < wanted) {
        const { value } = await records.next()
        if (value?.kind === 'member') members++
      }
    }
    // All of the first page of members was taken, and the second was not asked for.
    const asked = answers.length
    await Promise.resolve()
    expect(answers).toHaveLength(asked)
    await records.next()
    expect(answers.length).toBeGreaterThan(asked)
    for await (const { kind } of records) if (kind === 'member') members++
    // The one behind the first hundred was taken on the way.
    expect(members).toBe(1002)
    expect(Math.max(...answers)).toBe(100)
  })

  it('asks for what was said about resources by the page, and tells all of it', async () => {
    const ids = Array.from({ length: 250 }, (_, index) => `doc-${String(index).padStart(3, '0')}`)
    await fixture.storage.transaction({}, async (tx) => {
      const about = { tenantId: fixture.acme, resourceType: 'invoice', authorId: 'ed' }
      for (const [index, id] of ids.entries()) {
        const resource = { tenantId: fixture.acme, type: 'invoice', id, ownerId: 'ed', visibility: 'tenant' } as const
        await tx.resources.insert(resourceOf(resource))
        for (let said = 0; said < index % 3; said++)
          await tx.comments.insert(commentOf({ ...about, resourceId: id, id: `said-${said}` }))
      }
    })
    answers.length = 0
    const records = things(await exportAs('ann'))
    const commented = records.flatMap(({ kind, data }) => (kind === 'comment' ? [`${data.resourceId} ${data.id}`] : []))
    expect(commented.sort()).toEqual(
      ids.flatMap((id, at) => ['said-0', 'said-1'].slice(0, at % 3).map((said) => `${id} ${said}`)),
    )
    const seen = new Set<string>()
    for (const { kind, data } of records) {
      if (kind === 'resource') seen.add(data.id)
      if (kind === 'comment') expect(seen.has(data.resourceId)).toBe(true)
    }
    expect(answers.length).toBeLessThan(100)
  })

  it('asks nothing more when its reader stops', async () => {
    await manyMembersFixture(1000)
    for await (const { kind } of fixture.inUmbrella('ann').export()) if (kind === 'member') break
    const asked = answers.length
    await new Promise((resolve) => setImmediate(resolve))
    expect(answers).toHaveLength(asked)
  })
})
