import { setTimeout as sleep } from 'node:timers/promises'
import type { AttackCast, Attacker } from './cast.js'
import type { Act, Acts } from './dialect.js'
import { DIALECTS } from './dialects.js'
import { openMount, send } from './mount.js'
import type { Mount, Operation, WireAnswer } from './mount.js'

/** A surface that is mounted, spoken in its own words. */
export interface SpokenSurface {
  readonly name: string
  offers(...acts: readonly Act[]): boolean
  ask<Name extends Act>(as: Attacker | null, act: Name, input: Acts[Name], headers?: Headers): Promise<WireAnswer>
  operationOf<Name extends Act>(act: Name, input: Acts[Name]): Operation | undefined
}

type Headers = Readonly<Record<string, string>>

/** What is attacked, and by whom. */
export interface Target {
  readonly mount: Mount
  readonly cast: AttackCast
  readonly surfaces: readonly SpokenSurface[]
}

/**
 * The surfaces of a mounted router, each to be spoken in the same words: what `attack` uses, for tests of one's own that
 * say one thing through each of them.
 *
 * @throws {Error} where no router with its document answers at the address.
 *
 * @example
 * const { surfaces } = await openTarget('http://localhost:3000', cast)
 * for (const surface of surfaces) if (surface.offers('leave')) await surface.ask(cast.viewer, 'leave', { tenant: cast.tenant })
 */
export async function openTarget(url: string, cast: AttackCast, wait: Mount['wait'] = sleep): Promise<Target> {
  const mount = await openMount(url.replace(/\/$/, ''), wait)
  const spoken = DIALECTS.map((dialect): SpokenSurface => {
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
    cast,
    surfaces: spoken.filter((surface) => surface.offers('renameTenant') || surface.offers('readTenant')),
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
}

/** The surfaces that offer all of these. */
export function offering(target: Target, ...acts: readonly Act[]): readonly SpokenSurface[] {
  return target.surfaces.filter((surface) => surface.offers(...acts))
}
