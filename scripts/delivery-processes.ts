/** Delivers the events of one database from several processes, kills one of them, and checks that nothing is lost. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createTenancy, SYSTEM, type Storage } from '../packages/core/src/index.js'

const TENANTS = 30
const EVENTS = 12
const DELIVERIES_BEFORE_CRASH = 40
const LEASE_MS = 2 * 60_000

interface Delivery {
  readonly worker: string
  readonly chain: string
  readonly seq: number
}

/**
 * Fills the storage and lets worker processes deliver it. The first worker kills itself after a delivery that it has
 * not recorded. The rest is delivered after the leases of that worker expire. `openStorage` is a module that exports
 * `storage`.
 */
export async function assertDeliveredByProcesses({
  storage,
  openStorage,
  workers,
}: {
  readonly storage: Storage
  readonly openStorage: string
  readonly workers: number
}): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tenantry-relay-'))
  const file = path.join(folder, 'deliveries')
  const read = () => readDeliveries(file)
  try {
    await fill(storage)
    const processes = Array.from({ length: workers }, (_, worker) =>
      startWorker(workerModule(openStorage, file, worker)),
    )
    await Promise.all(processes.map(({ ready }) => ready))
    const [doomed, ...others] = processes
    // The first worker claims chains before the others start, so it certainly dies with claimed chains.
    await doomed?.go()
    await Promise.all(others.map(({ go }) => go()))
    const exits = await Promise.all(processes.map(({ exit }) => exit))
    assert.deepEqual(exits, ['SIGKILL', ...Array.from({ length: workers - 1 }, () => 0)])
    const byProcesses = read()
    assert.equal(byProcesses.filter(({ worker }) => worker === '0').length, DELIVERIES_BEFORE_CRASH)
    assert.ok(byProcesses.length > DELIVERIES_BEFORE_CRASH, 'others took a share')

    const late: Delivery[] = []
    const heir = createTenancy({
      storage,
      clock: () => Date.now() + LEASE_MS,
      onEvent: async ({ scope, seq }) => void late.push({ worker: 'heir', chain: JSON.stringify(scope), seq }),
    })
    await heir.flushEvents()
    assert.ok(late.length > 0, 'the dead process left something behind')
    assertInOrder([...byProcesses, ...late], byProcesses)
    assert.deepEqual(await storage.read.eventDelivery.backlog(), { waiting: 0, waitingSince: null })
    assert.equal(await storage.read.eventDelivery.countDeadLetters(), 0)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function fill(storage: Storage): Promise<void> {
  const tenancy = createTenancy({ storage, onEvent: async () => {} })
  await tenancy.migrate()
  await tenancy.as(SYSTEM).users.create({ id: 'ann', email: 'ann@example.com', emailVerified: true })
  const ann = tenancy.as({ userId: 'ann' })
  for (let tenant = 0; tenant < TENANTS; tenant++) {
    const { id } = await ann.tenants.create({ name: 'Tenant' })
    for (let event = 2; event <= EVENTS; event++) await ann.in(id).update({ name: `Name ${event}` })
  }
}

/**
 * Checks that every chain was delivered completely and in order; only unrecorded deliveries of the killed process may
 * repeat.
 */
function assertInOrder(deliveries: readonly Delivery[], byProcesses: readonly Delivery[]): void {
  const chains = new Map<string, Delivery[]>()
  for (const delivery of deliveries) chains.set(delivery.chain, [...(chains.get(delivery.chain) ?? []), delivery])
  assert.equal(chains.size, TENANTS + 1)
  const lastDeadLetter = new Map(
    byProcesses.filter(({ worker }) => worker === '0').map((last) => [last.chain, last.seq]),
  )
  for (const [chain, delivered] of chains) {
    const seqs = delivered.map(({ seq }) => seq)
    const length = chain.includes('tenantId') ? EVENTS : 1
    const all = Array.from({ length }, (_, index) => index + 1)
    const twice = all.flatMap((seq) => (seq === lastDeadLetter.get(chain) ? [seq, seq] : [seq]))
    assert.ok(
      [all, twice].some((order) => order.join() === seqs.join()),
      `${chain}: ${seqs.join()}`,
    )
  }
}

function readDeliveries(file: string): Delivery[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map((line) => {
    const [worker = '', chain = '', seq = ''] = line.split(' ')
    return { worker, chain, seq: Number(seq) }
  })
}

function workerModule(openStorage: string, file: string, worker: number): string {
  const core = new URL('../packages/core/src/index.ts', import.meta.url).href
  return `
    import { appendFileSync } from 'node:fs'
    import { once } from 'node:events'
    import { setTimeout } from 'node:timers/promises'
    import { createTenancy } from ${JSON.stringify(core)}
    ${openStorage}
    let deliveries = 0
    const tenancy = createTenancy({
      storage,
      async onEvent({ scope, seq }) {
        await setTimeout(1)
        appendFileSync(${JSON.stringify(file)}, ['${worker}', JSON.stringify(scope), seq].join(' ') + '\\n')
        deliveries += 1
        if (deliveries === 1) console.log('delivering')
        if (${worker === 0} && deliveries === ${DELIVERIES_BEFORE_CRASH}) process.kill(process.pid, 'SIGKILL')
      },
    })
    await storage.read.users.find('ann')
    console.log('ready')
    await once(process.stdin, 'data')
    process.stdin.destroy()
    for (let idle = 0; idle < 3; await setTimeout(20)) {
      const { delivered, failed } = await tenancy.flushEvents()
      idle = delivered + failed === 0 ? idle + 1 : 0
    }
    await tenancy.close()`
}

function startWorker(module: string) {
  const worker = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', module], {
    cwd: import.meta.dirname,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exit = once(worker, 'exit').then(([code, signal]: (number | string | null)[]) => signal ?? code)
  return {
    ready: Promise.race([once(worker.stdout, 'data'), exit]),
    /** Resolves after the first delivery, or if none is left. */
    async go() {
      worker.stdin.write('go')
      await Promise.race([once(worker.stdout, 'data'), exit])
    },
    exit,
  }
}
