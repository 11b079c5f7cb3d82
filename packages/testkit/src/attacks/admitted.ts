import assert from 'node:assert/strict'
import type { Attacker } from './cast.js'
import { assertDone } from './unharmed.js'
import { offering } from './target.js'
import type { SpokenSurface, Target } from './target.js'

/**
 * Makes somebody a member of the tenant, by whatever way the mounted surfaces have. Answers how to end it, which may
 * have happened by then.
 *
 * @throws {Error} where no surface lets an owner bring in a member.
 */
export async function admitted(target: Target, person: Attacker, role: string): Promise<() => Promise<void>> {
  const { cast } = target
  const { tenant, owner } = cast
  const [adding] = offering(target, 'addMember')
  const [inviting] = offering(target, 'invite', 'accept')
  if (inviting) {
    const token = await invited(target, inviting, { email: person.email, role })
    assertDone(await inviting.ask(person, 'accept', { token }), 'an invitation is accepted')
  } else if (adding) {
    assertDone(await adding.ask(owner, 'addMember', { tenant, email: person.email, role }), 'a member is added')
  } else throw new Error('No surface lets an owner bring in a member')
  const [removing] = offering(target, 'removeMember')
  return async () => void (await removing?.ask(owner, 'removeMember', { tenant, user: person.id }))
}

/** Invites an address and answers the token of the link. */
export async function invited(
  { cast }: Target,
  surface: SpokenSurface,
  {
    email,
    role = 'member',
    by = cast.owner,
  }: { readonly email: string; readonly role?: string; readonly by?: Attacker },
): Promise<string> {
  const answer = await surface.ask(by, 'invite', { tenant: cast.tenant, email, role })
  assertDone(answer, 'an address is invited')
  const token = /token=([\w-]+)/.exec(answer.text)?.[1]
  assert.ok(token, `${surface.name} shows no link; the host under attack must be one that does`)
  return token
}
