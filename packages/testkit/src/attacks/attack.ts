import { setTimeout as sleep } from 'node:timers/promises'
import type { AttackCase } from './attack-case.js'
import { attackCases } from './attack-cases.js'
import type { AttackCast } from './cast.js'
import { offering, openTarget } from './target.js'

/** An attack on one router. `run` rejects when it succeeds, or leaves a trace. */
export type Attack = Pick<AttackCase, 'id' | 'name'> & { readonly run: () => Promise<void> }

/**
 * The attacks that a mounted router must withstand, over HTTP: those that the surfaces it offers can be attacked by. Run
 * them one after the other, on an installation of their own: they make tenants, invitations and members, and look whether
 * anything else has changed. The router serves its OpenAPI document, from which the attacks on every route are made, so
 * that a new route is attacked the day it is written.
 *
 * `wait` is called with milliseconds when a limit asks to wait; a test with a clock of its own moves that. Default: waits.
 * Lift the limits on requests and mails for it, or it takes long.
 *
 * @throws {Error} where no router with its document answers at the address.
 *
 * @example
 * for (const { id, name, run } of await attack('http://localhost:3000', cast)) await run()
 */
export async function attack(
  url: string,
  cast: AttackCast,
  { wait = sleep }: { readonly wait?: (milliseconds: number) => Promise<unknown> } = {},
): Promise<readonly Attack[]> {
  const target = await openTarget(url, cast, wait)
  return attackCases
    .filter(({ needs = [], needsBeside = [] }) => [needs, needsBeside].every((acts) => offering(target, ...acts)[0]))
    .map(({ id, name, run }) => ({ id, name, run: () => run(target) }))
}
