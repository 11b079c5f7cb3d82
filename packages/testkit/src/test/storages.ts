import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { postgresStorage } from '@tenantry/adapter-postgres'
import { sqliteStorage } from '@tenantry/adapter-sqlite'
import { memoryStorage } from '@tenantry/core'
import type { Storage } from '@tenantry/core'
import type { MakeStorage } from '@tenantry/core/contract'
import pg from 'pg'
import { noisyHost } from './noisy-host.js'

/** A storage that the proofs of this package run on. */
export interface ProvenStorage {
  readonly name: string
  /** A storage on an empty database of its own, made quickly. */
  readonly make: MakeStorage
  /** Whether its concurrency cases run in `test:full` only, because another entry covers the same locks. */
  readonly onlyInFullRun?: boolean
  /** How many model runs it takes part in: fewer, the longer a read takes. */
  readonly modelRuns: number
  /** How several processes share one database; `null` when it lives in one process only. */
  readonly shared: SharedDatabase | null
}

export interface SharedDatabase {
  readonly processes: number
  /** An empty database, by the text that `open` finds it with, and how to remove it. */
  create(): Promise<{ readonly place: string; remove(): Promise<void> }>
  open(place: string): Storage
}

/** Every proof runs on each of these. Another storage is another entry here. */
export const PROVEN_STORAGES: readonly ProvenStorage[] = [
  {
    name: 'memory',
    make: async () => ({ storage: memoryStorage() }),
    modelRuns: 10,
    shared: null,
  },
  {
    name: 'SQLite',
    make: async () => ({ storage: sqliteStorage({ filename: ':memory:' }) }),
    modelRuns: 10,
    shared: { processes: 2, create: createFile, open: (filename) => sqliteStorage({ filename }) },
  },
  {
    name: "SQLite on a host's connection",
    onlyInFullRun: true,
    make: async () => ({ storage: noisyHost(':memory:') }),
    modelRuns: 3,
    shared: { processes: 2, create: createFile, open: noisyHost },
  },
  {
    name: 'PostgreSQL',
    make: async () => {
      const { place, remove } = await createSchema()
      return { storage: openSchema(place), dispose: remove }
    },
    modelRuns: 3,
    shared: { processes: 4, create: createSchema, open: openSchema },
  },
  {
    name: 'PostgreSQL with row-level security',
    onlyInFullRun: true,
    make: async () => {
      const { place, remove } = await createBoundSchema()
      return { storage: openBoundSchema(place), dispose: remove }
    },
    modelRuns: 3,
    shared: null,
  },
]

/** Finds a storage's shared database by the storage's name, as a process is told it. */
export function sharedDatabase(name: string | undefined): SharedDatabase {
  const shared = PROVEN_STORAGES.find((storage) => storage.name === name)?.shared
  if (!shared) throw new TypeError(`No storage "${name ?? ''}" is shared between processes`)
  return shared
}

async function createFile() {
  const folder = await mkdtemp(join(tmpdir(), 'tenantry-proof-'))
  return { place: join(folder, 'tenancy.db'), remove: () => rm(folder, { recursive: true }) }
}

/** A schema's name behind the server's address. */
async function createSchema() {
  const url = await serverUrl()
  const schema = newName()
  return { place: `${url}#${schema}`, remove: () => run(url, `drop schema if exists ${schema} cascade`) }
}

/** A schema that belongs to a role of its own, of the same name, because no policy binds a superuser. */
async function createBoundSchema() {
  const url = await serverUrl()
  const name = newName()
  await run(url, `create role ${name}; create schema ${name} authorization ${name}`)
  const remove = () => run(url, `drop owned by ${name} cascade; drop role ${name}`)
  return { place: `${url}#${name}`, remove }
}

const newName = () => `proof_${randomBytes(8).toString('hex')}`

async function serverUrl(): Promise<string> {
  // Only Vitest's own process knows the server, and only there a schema is made.
  const { inject } = await import('vitest')
  const server = inject('postgres')
  if ('missing' in server) throw new Error(server.missing)
  return server.url
}

async function run(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(text)
  await client.end()
}

function openSchema(place: string): Storage {
  const [connectionString = '', schema = ''] = place.split('#')
  return postgresStorage({ connectionString, schema })
}

function openBoundSchema(place: string): Storage {
  const [url = '', schema = ''] = place.split('#')
  const address = new URL(url)
  address.searchParams.set('options', `-c role=${schema}`)
  return postgresStorage({ connectionString: address.href, schema, rowLevelSecurity: true })
}
