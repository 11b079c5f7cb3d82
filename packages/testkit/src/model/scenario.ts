import { createTenancy } from '@tenantry/core'
import type { Event, Storage, Tenancy } from '@tenantry/core'
import type { MakeStorage } from '@tenantry/core/contract'
import { FIRST_PLAN, HOST_ROLES, LIFETIMES, LIMITS, RESERVED_ROLE, RESOURCES, STARTS_AT } from './declaration.js'

/** One storage under the run, with a tenancy of its own whose ids, tokens and codes are counted, not random. */
export interface Side {
  readonly clock: Clock
  readonly name: string
  readonly storage: Storage
  readonly tenancy: Tenancy
  /** The recipients of the mails sent since they were last looked at. */
  readonly sent: string[]
  /** The tokens of activations that were mailed, by recipient, oldest first. */
  readonly activations: Map<string, readonly string[]>
  /** The audit log as read so far, by the id of the tenant or user whose chain it is. */
  readonly chains: Map<string, readonly Event[]>
  lastCode(): string
  dispose(): Promise<void>
}

const ACTIVATION = 'https://example.com/activate?token='

interface Clock {
  now: number
}

/** All sides of a run under one clock. */
export interface Scenario {
  readonly clock: Clock
  readonly sides: readonly Side[]
  /** What has been done, a line a command, for whoever reads the failure. */
  readonly trace: string[]
  /** What decisions turn on, by tenant, as it was when access was last compared. */
  readonly compared: Map<string, string>
}

/** Opens every storage anew, on an empty database. */
export async function openScenario(storages: Readonly<Record<string, MakeStorage>>): Promise<Scenario> {
  const clock = { now: STARTS_AT }
  const sides: Side[] = []
  for (const [name, makeStorage] of Object.entries(storages)) sides.push(await openSide(name, makeStorage, clock))
  return { clock, sides, trace: [], compared: new Map() }
}

export async function closeScenario(scenario: Scenario): Promise<void> {
  for (const side of scenario.sides) await side.dispose()
}

async function openSide(name: string, makeStorage: MakeStorage, clock: Clock): Promise<Side> {
  const { storage, dispose } = await makeStorage()
  const sent: string[] = []
  const activations = new Map<string, readonly string[]>()
  const count = counting()
  let code = ''
  const tenancy = createTenancy({
    storage,
    resources: RESOURCES,
    roles: HOST_ROLES,
    reservedRoles: [RESERVED_ROLE],
    defaultPlan: FIRST_PLAN,
    limits: LIMITS,
    lifetimes: LIFETIMES,
    clock: () => clock.now,
    newId: () => count('id'),
    newToken: () => count('token'),
    newCode: () => (code = String(100_000 + Number(count('').slice(1)))),
    invitationLink: (token) => `https://app.example.com/activate?token=${token}`,
    activationLink: (token) => `${ACTIVATION}${token}`,
    passwords: { hash: async (password) => password, verify: async (password, hash) => password === hash },
    mailer: {
      async send({ to, text }) {
        sent.push(to)
        const [, activation] = text.split(ACTIVATION)
        if (activation) activations.set(to, [...(activations.get(to) ?? []), activation.split(/\s/)[0] ?? ''])
      },
    },
    emailEncryptionKey: 'known to everybody: no secret at all',
  })
  await tenancy.migrate()
  return {
    name,
    clock,
    storage,
    tenancy,
    sent,
    activations,
    chains: new Map(),
    lastCode: () => code,
    async dispose() {
      await tenancy.close()
      await dispose?.()
    },
  }
}

/** Numbers that sort as they were given, also as text. */
function counting(): (what: string) => string {
  const given = new Map<string, number>()
  return (what) => {
    const next = (given.get(what) ?? 0) + 1
    given.set(what, next)
    return `${what}-${String(next).padStart(5, '0')}`
  }
}
