import type { Attack } from './attack.js'
import { allAttacks } from './all-attacks.js'
import type { TestUsers } from './test-users.js'
import { offering, openTarget } from './target.js'
import type { AttackOptions, Target } from './target.js'

/** An attack on one router. `run` rejects when it succeeds, or leaves a trace. */
export type AttackCase = Pick<Attack, 'id' | 'name'> & { readonly run: () => Promise<void> }

/**
 * The attacks that a mounted router must withstand, over HTTP: those that the APIs it offers can be attacked by. Run
 * them one after the other, on an installation of their own: they make tenants, invitations and members, and look whether
 * anything else has changed. The router serves its OpenAPI document, from which the attacks on every route are made, so
 * that a new route is attacked the day it is written.
 *
 * Lift the limits on requests and mails for it, or it takes long.
 *
 * @throws {Error} where no router with its document answers at the address.
 *
 * @example
 * for (const { id, name, run } of await attackCases('http://localhost:3000', cast)) await run()
 */
export async function attackCases(
  url: string,
  testUsers: TestUsers,
  options: AttackOptions = {},
): Promise<readonly AttackCase[]> {
  const target = await openTarget(url, testUsers, options)
  return allAttacks
    .filter((one) => isPossible(target, one))
    .map(({ id, name, run }) => ({ id, name, run: () => run(target) }))
}

function isPossible(target: Target, { needs = [], needsBeside = [], isPossible: isThere }: Attack): boolean {
  const areOffered =
    offering(target, ...needs).length > 0 && needsBeside.every((act) => offering(target, act).length > 0)
  return areOffered && (isThere?.(target) ?? true)
}
