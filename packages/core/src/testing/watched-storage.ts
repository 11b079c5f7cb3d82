import assert from 'node:assert/strict'
import type { EventType } from '../events.js'
import type { Locks, Storage, Transaction } from '../storage/port.js'
import { EVENT_SCOPES } from './event-scopes.js'
import { isWrite, rowsWritten, userCounted } from './lock-rules.js'
import type { LockableRow, RepositoryCall } from './lock-rules.js'
import type { IssuedSecrets } from './issued-secrets.js'

/**
 * A storage that holds every command to what its transaction promises: the rows it writes, and the users whose rows it
 * counts, are locked; an event is in a chain of the kind its type declares; no secret is stored in clear. A command that
 * breaks one of these rejects with an `AssertionError`, and nothing of it is kept.
 */
export function watchedStorage(storage: Storage, secrets: IssuedSecrets): Storage {
  return {
    ...storage,
    async transaction(locks, work) {
      return storage.transaction(locks, async (tx) => {
        const watched = watch(tx, locks, secrets)
        const result = await work(watched.tx)
        watched.check()
        return result
      })
    },
  }
}

function watch(tx: Transaction, locks: Locks, secrets: IssuedSecrets) {
  const inserted: LockableRow[] = []
  const counted = new Map<string, LockableRow>()
  const faults: string[] = []
  let writes = 0
  const isHeld = ({ kind, id }: LockableRow) =>
    (locks[kind] ?? []).includes(id) || inserted.some((row) => row.kind === kind && row.id === id)

  function note(call: RepositoryCall): void {
    const [rowsGiven] = call.args
    if (/^(?:insert|append)Many$/.test(call.method) && Array.isArray(rowsGiven)) {
      for (const row of rowsGiven) note({ ...call, method: call.method.replace('Many', ''), args: [row] })
      return
    }
    const name = `${call.noun}.${call.method}`
    const user = userCounted(call)
    if (user) counted.set(name, user)
    if (!isWrite(call)) return
    const rows = rowsWritten(call)
    if (rows.length > 0) writes += 1
    if (call.method === 'insert' && ['tenants', 'users', 'organizations'].includes(call.noun)) inserted.push(...rows)
    for (const row of rows)
      if (!isHeld(row)) faults.push(`${name} writes to ${row.kind} ${row.id}, which is not locked`)
    if (name === 'events.append') checkScope(call)
    secrets.assertAbsent(name, call.args)
  }

  function check() {
    const unlocked = writes === 0 ? [] : [...counted].filter(([, row]) => !isHeld(row))
    faults.push(...unlocked.map(([name, { id }]) => `${name} counts rows of users ${id}, which is not locked`))
    assert.deepEqual(faults, [], 'what a command decides on is locked')
  }

  const repositories = Object.entries(tx).map(([noun, repository]) => [noun, observe(noun, repository, note)])
  // Each repository has the methods of the one it stands for.
  return { tx: Object.fromEntries(repositories) as unknown as Transaction, check }
}

function checkScope({ args }: RepositoryCall) {
  const { type, scope } = args[0] as { readonly type: EventType; readonly scope: object }
  const kinds: readonly string[] = type.startsWith('app.') ? ['tenantId'] : (EVENT_SCOPES[type] ?? [])
  const [kind = ''] = Object.keys(scope)
  assert.ok(kinds.includes(kind), `${type} belongs to a chain by ${kinds.join(' or ')}, not by ${kind}`)
}

function observe(noun: string, repository: object, note: (call: RepositoryCall) => void): object {
  return new Proxy(repository, {
    get(target, method) {
      const original: unknown = Reflect.get(target, method)
      if (typeof original !== 'function' || typeof method !== 'string') return original
      return (...args: unknown[]): unknown => {
        note({ noun, method, args })
        return original.apply(target, args)
      }
    },
  })
}
