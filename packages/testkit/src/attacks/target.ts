import { setTimeout as sleep } from 'node:timers/promises'
import type { TestUsers, Attacker } from './test-users.js'
import type { Act, Acts } from './dialect.js'
import { DIALECTS } from './dialects.js'
import { openMount, send } from './mount.js'
import type { Mount, Operation, WireAnswer } from './mount.js'

/** An API that is mounted, spoken in its own words. */
export interface ApiUnderAttack {
  readonly name: string
  offers(...acts: readonly Act[]): boolean
  ask<Name extends Act>(as: Attacker | null, act: Name, input: Acts[Name], headers?: Headers): Promise<WireAnswer>
  operationOf<Name extends Act>(act: Name, input: Acts[Name]): Operation | undefined
}

type Headers = Readonly<Record<string, string>>

/** How a host is attacked. */
export interface AttackOptions {
  /** Called with milliseconds when a limit asks to wait; a test with a clock of its own moves that. Default: waits. */
  readonly wait?: (milliseconds: number) => Promise<unknown>
  /**
   * The headers by which the host takes a request for one from a network address, such as those of a proxy that it trusts.
   * Default: `null`, and nothing is tried from several addresses.
   */
  readonly from?: ((address: string) => Readonly<Record<string, string>>) | null
}

/** What is attacked, by whom, and from where. */
export interface Target {
  readonly mount: Mount
  readonly testUsers: TestUsers
  /** The headers by which the host takes a request for one from this network address; `null` where it has none. */
  readonly from: NonNullable<AttackOptions['from']> | null
  readonly apis: readonly ApiUnderAttack[]
}

/**
 * The APIs of a mounted router, each to be spoken in the same words: what `attackCases` uses, for tests of one's own that
 * say one thing through each of them.
 *
 * @throws {Error} where no router with its document answers at the address.
 *
 * @example
 * const { APIs } = await openTarget('http://localhost:3000', cast)
 * for (const API of APIs) if (API.offers('leave')) await API.ask(cast.viewer, 'leave', { tenant: cast.tenant })
 */
export async function openTarget(
  url: string,
  testUsers: TestUsers,
  { wait = sleep, from = null }: AttackOptions = {},
): Promise<Target> {
  const mount = await openMount(url.replace(/\/$/, ''), wait)
  const spoken = DIALECTS.map((dialect): ApiUnderAttack => {
    function callOf<Name extends Act>(act: Name, input: Acts[Name]) {
      const call = dialect.acts[act]?.(input)
      const operation = call && mount.operations.get(call.operation)
      return call && operation && { ...call, operation }
    }
    return {
      name: dialect.name,
      // What is sent plays no part: the operation of an act is the same whatever its input.
      offers: (...acts) => acts.every((act) => callOf(act, ANY as Acts[typeof act]) !== undefined),
      operationOf: (act, input) => callOf(act, input)?.operation,
      async ask(as, act, input, headers = {}) {
        const call = callOf(act, input)
        if (!call) throw new Error(`${dialect.name} does not offer ${act}`)
        return send(mount, call.operation, { as, ...call, headers })
      },
    }
  })
  return {
    mount,
    testUsers,
    from,
    apis: spoken.filter((api) => api.offers('renameTenant') || api.offers('readTenant')),
  }
}

const ANY = {
  tenant: '',
  user: '',
  role: '',
  token: '',
  key: '',
  permissions: [],
  id: '',
  name: '',
  email: '',
  text: '',
  password: '',
  code: '',
  more: {},
}

/** The same target, where what happens instead of waiting is another. */
export async function waitingBy({ mount, testUsers, from }: Target, wait: Mount['wait']): Promise<Target> {
  return openTarget(mount.url, testUsers, { wait, from })
}

/** How often somebody was asked to wait. */
export async function waitsIn(target: Target, attempt: (target: Target) => Promise<void>): Promise<number> {
  let waits = 0
  await attempt(
    await waitingBy(target, async (milliseconds) => {
      waits += 1
      await target.mount.wait(milliseconds)
    }),
  )
  return waits
}

/** The APIs that offer all of these. */
export function offering(target: Target, ...acts: readonly Act[]): readonly ApiUnderAttack[] {
  return target.apis.filter((api) => api.offers(...acts))
}
