import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { SYSTEM } from '@tenantry/core'
import type { Event, EventScope, Storage, Tenant } from '@tenantry/core'
import { followChain } from '../chain.js'
import { wholeTenant } from '../tenant-state.js'
import type { TenantState } from '../tenant-state.js'
import { crashTenancy } from './crash-tenancy.js'
import type { Acknowledged } from './live-in-one-tenant.js'

/** What a process had claimed to send is free again after some minutes. */
const LEASES_ARE_OVER_MS = 10 * 60_000

interface Survivors {
  /** Opened anew; it is closed afterwards. */
  readonly storage: Storage
  readonly mailFile: string
  /** Everything that was ever acknowledged on this database. */
  readonly acknowledged: readonly Acknowledged[]
}

/**
 * Starts again on what a crash has left, as a host would, and proves that nothing is half done and nothing is lost.
 * Answers how many mails were still to be sent.
 */
export async function checkSurvivors({ storage, mailFile, acknowledged }: Survivors): Promise<number> {
  const tenancy = crashTenancy(storage, { mailFile, clock: () => Date.now() + LEASES_ARE_OVER_MS })
  try {
    await tenancy.migrate()
    const tenants = await Promise.all((await allTenants(storage)).map(({ id }) => wholeTenant(storage, id)))
    await checkAcknowledged(storage, acknowledged, tenants)
    const { sent, failed } = await tenancy.flushEmails()
    assert.equal(failed, 0, 'a mail that waited could not be sent')
    const backlog = await tenancy.as(SYSTEM).emails.backlog()
    assert.deepEqual(backlog, { waiting: 0, oldestDueAt: null, dead: 0 })
    await checkEmails(storage, mailFile, tenants)
    return sent
  } finally {
    await tenancy.close()
  }
}

async function allTenants({ read }: Storage): Promise<readonly Tenant[]> {
  const tenants: Tenant[] = []
  for (;;) {
    const page = await read.tenants.listAll({ page: { limit: 100, offset: tenants.length } })
    tenants.push(...page)
    if (page.length < 100) return tenants
  }
}

async function checkAcknowledged(
  storage: Storage,
  acknowledged: readonly Acknowledged[],
  tenants: readonly TenantState[],
): Promise<void> {
  const chains = new Map(tenants.map(({ tenant, events }) => [keyOf({ tenantId: tenant.id }), events]))
  for (const { scope, type, targetId } of acknowledged) {
    const events = chains.get(keyOf(scope)) ?? (await readUsersChain(storage, scope))
    chains.set(keyOf(scope), events)
    const isThere = events.some((event) => event.type === type && event.target.id === targetId)
    assert.ok(isThere, `${type} of ${targetId} was acknowledged and is lost`)
  }
}

async function readUsersChain({ read }: Storage, scope: EventScope): Promise<readonly Event[]> {
  const events = await read.events.list({ scope, order: 'oldest', limit: 100 })
  followChain(events)
  return events
}

const keyOf = (scope: EventScope) => JSON.stringify(scope)

/** Every mail that a write caused went out at least once; one that went out twice bears the same id. */
async function checkEmails(storage: Storage, mailFile: string, tenants: readonly TenantState[]): Promise<void> {
  const caused = new Map<string, number>()
  const cause = (address: string | undefined) => caused.set(address ?? '', (caused.get(address ?? '') ?? 0) + 1)
  const addressOf = async (userId: string | null) => (await storage.read.users.find(userId ?? ''))?.email
  for (const { events, invitations } of tenants) {
    for (const { type, actorId, target, data } of events) {
      const invitation = invitations.find(({ id }) => id === target.id)
      if (type === 'invitation.created' || type === 'invitation.resent') cause(invitation?.email)
      if (type === 'member.added' || (type === 'member.joined' && actorId === null)) cause(await addressOf(target.id))
      if (type === 'ownership_transfer.started') cause(await addressOf(actorId))
      if (type === 'ownership.transferred') {
        for (const userId of [data['from'], data['to']]) cause(await addressOf(String(userId)))
      }
    }
  }
  const sent = new Map<string, Set<string>>()
  for (const { id, to } of readEmails(mailFile)) sent.set(to, (sent.get(to) ?? new Set()).add(id))
  const counted = new Map([...sent].map(([to, ids]) => [to, ids.size]))
  assert.deepEqual(
    sorted(counted),
    sorted(caused),
    'the mails that were sent are not those that were caused (the second)',
  )
}

function readEmails(mailFile: string): readonly { readonly id: string; readonly to: string }[] {
  if (!existsSync(mailFile)) return []
  const lines = readFileSync(mailFile, 'utf8').split('\n')
  // The tenancy of a crash run writes these lines.
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as { id: string; to: string })
}

function sorted(counts: ReadonlyMap<string, number>) {
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1))
}
