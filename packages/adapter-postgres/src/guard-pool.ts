import type { EventEmitter } from 'node:events'
import type { PostgresPool } from './postgres-pool.js'

interface Guard {
  storages: number
  remove(): void
}

// One guard a pool, however many storages use it.
const guards = new WeakMap<PostgresPool, Guard>()
// A connection keeps its listener, whichever storage was there first.
const guarded = new WeakSet<EventEmitter>()

/**
 * Listens to the errors of connections that nobody uses: without a listener, Node ends the process when the server closes
 * one. The pool replaces such a connection by itself. Answers how to stop.
 */
export function guardPool(pool: PostgresPool): () => void {
  const guard = guards.get(pool) ?? addGuard(pool)
  guards.set(pool, guard)
  guard.storages += 1
  return () => {
    guard.storages -= 1
    if (guard.storages > 0) return
    guards.delete(pool)
    guard.remove()
  }
}

function addGuard(pool: PostgresPool): Guard {
  // A pool of another make says nothing of its connections.
  if (!isEmitter(pool)) return { storages: 0, remove() {} }
  // pg takes its own listener off a connection that it hands out, before whoever asked for it can add another.
  const onAcquire = (client: EventEmitter) => {
    if (guarded.has(client)) return
    guarded.add(client)
    client.on('error', ignore)
  }
  pool.on('error', ignore)
  pool.on('acquire', onAcquire)
  return {
    storages: 0,
    remove() {
      pool.removeListener('error', ignore)
      pool.removeListener('acquire', onAcquire)
    },
  }
}

function ignore(): void {}

function isEmitter(pool: PostgresPool): pool is PostgresPool & EventEmitter {
  const { on, removeListener } = pool as Partial<EventEmitter>
  return typeof on === 'function' && typeof removeListener === 'function'
}
