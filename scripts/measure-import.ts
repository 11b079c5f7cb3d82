/**
 * How many memberships a second `members.addMany` moves: `tsx scripts/measure-import.ts sqlite 100000`, or `postgres`.
 * PostgreSQL is the server at `DATABASE_URL`, else the one of the tests, which does not wait for its disk.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { postgresStorage } from '../packages/adapter-postgres/src/index.js'
import { sqliteStorage } from '../packages/adapter-sqlite/src/index.js'
import { createTenancy, SYSTEM, type Storage } from '../packages/core/src/index.js'
import { setup, teardown } from './postgres.js'

const CALL = 10_000
const TENANTS = 10

type Start = ReturnType<typeof start>

const start = () => ({ wall: performance.now(), cpu: process.cpuUsage() })

async function measure(storage: Storage, count: number): Promise<void> {
  const tenancy = createTenancy({ storage })
  await tenancy.migrate()
  const system = tenancy.as(SYSTEM)
  const people = Array.from({ length: count }, (_, at) => ({ id: `u${at}`, email: `u${at}@example.com` }))

  const began = start()
  for (let from = 0; from < count; from += 100)
    await Promise.all(
      people.slice(from, from + 100).map(({ id, email }) => system.users.ensure({ id, email, emailVerified: true })),
    )
  report('accounts by users.ensure', count, began)

  await system.users.ensure({ id: 'owner', email: 'owner@example.com', emailVerified: true })
  const tenants: string[] = []
  for (let at = 0; at < TENANTS; at += 1)
    tenants.push((await tenancy.as({ userId: 'owner' }).tenants.create({ name: `Tenant ${at}` })).id)

  const move = async (label: string) => {
    const began = start()
    let heap = 0
    for (const [at, tenantId] of tenants.entries()) {
      const mine = people.filter((_, index) => index % TENANTS === at)
      for (let from = 0; from < mine.length; from += CALL) {
        const members = mine
          .slice(from, from + CALL)
          .map(({ id }) => ({ userId: id, role: 'member' as const, joinedAt: 1_600_000_000_000 }))
        await system.in(tenantId, { reason: 'Measured' }).members.addMany({ members, notify: false })
        heap = Math.max(heap, process.memoryUsage().heapUsed)
      }
    }
    report(`${label} (heap at most ${Math.round(heap / 1024 ** 2)} MiB)`, count, began)
  }
  await move('memberships by members.addMany')
  await move('the same again, all of them members already')
  await tenancy.close()
}

/** The rate in wall-clock time, and the CPU time of this process. The rest is waiting for the database or a CPU. */
function report(what: string, count: number, { wall, cpu }: Start): void {
  const seconds = (performance.now() - wall) / 1000
  const { user, system } = process.cpuUsage(cpu)
  const computed = (user + system) / 1e6
  const rate = (time: number) => Math.round(count / time)
  console.log(`${what}: ${rate(seconds)} a second, ${rate(computed)} a second of CPU`)
}

const [database = 'sqlite', rows = '100000'] = process.argv.slice(2)
if (database === 'sqlite') {
  const folder = mkdtempSync(path.join(tmpdir(), 'tenantry-import-'))
  await measure(sqliteStorage({ filename: path.join(folder, 'app.db') }), Number(rows))
  rmSync(folder, { recursive: true })
} else {
  let connectionString = ''
  // The only part of the test runner that is used.
  const runner = { provide: (_name: string, server: { readonly url: string }) => void (connectionString = server.url) }
  await setup(runner as unknown as Parameters<typeof setup>[0])
  await measure(postgresStorage({ connectionString, schema: `import_${process.pid}` }), Number(rows))
  await teardown()
}
