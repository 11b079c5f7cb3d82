import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Attacker } from './cast.js'
import { assertDone, assertRefused } from './unharmed.js'
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
    tenant = cast.tenant,
  }: { readonly email: string; readonly role?: string; readonly by?: Attacker; readonly tenant?: string },
): Promise<string> {
  const answer = await surface.ask(by, 'invite', { tenant, email, role })
  assertDone(answer, 'an address is invited')
  const token = /token=([\w-]+)/.exec(answer.text)?.[1]
  assert.ok(token, `${surface.name} shows no link; the host under attack must be one that does`)
  return token
}

/** Guesses so many tokens of invitations, each from where `from` says. */
export async function guessTokens(
  target: Target,
  name: string,
  guesses: number,
  from: (guess: number) => Readonly<Record<string, string>> = () => ({}),
): Promise<void> {
  const surface = target.surfaces.find((one) => one.name === name)
  assert.ok(surface)
  for (let guess = 0; guess < guesses; guess += 1) {
    const answer = await surface.ask(null, 'accept', { token: `guess-${guess}` }, from(guess))
    assertRefused(answer, `${name}: a guess`)
  }
}

/** Somebody with an account and a password, who has just signed in; a member of the tenant until they leave. */
export async function newcomer(target: Target, password: string): Promise<Attacker> {
  const email = newEmail()
  const [surface] = offering(target, 'invite', 'accept')
  assert.ok(surface)
  const token = await invited(target, surface, { email })
  const opened = await surface.ask(null, 'accept', { token, more: { name: 'Newcomer', password } })
  assertDone(opened, `${surface.name}: the link opens an account`)
  return { id: '', email, token: /"access_token":"([^"]+)"/.exec(opened.text)?.[1] ?? '' }
}

/** They leave the tenant again. */
export async function sentAway(target: Target, person: Attacker): Promise<void> {
  const [surface] = offering(target, 'leave')
  await surface?.ask(person, 'leave', { tenant: target.cast.tenant })
}

/** Revokes the invitations of these addresses that are pending. */
export async function withdraw(target: Target, ...emails: readonly string[]): Promise<void> {
  const { tenant, owner } = target.cast
  for (const surface of offering(target, 'listInvitations', 'revokeInvitation'))
    for (const email of emails) {
      const invitation = await invitationOf(target, surface, email)
      if (invitation) await surface.ask(owner, 'revokeInvitation', { tenant, invitation })
    }
}

/** An address that nobody has. */
export const newEmail = (): string => `${randomUUID()}@example.com`

/** The id of an address's invitation, as the list of pending ones tells it. */
export async function invitationOf({ cast }: Target, surface: SpokenSurface, email: string): Promise<string> {
  const { text } = await surface.ask(cast.owner, 'listInvitations', { tenant: cast.tenant })
  // A list of objects, in some envelope.
  const rows = Object.values(JSON.parse(text) as object).find(Array.isArray) as { id: string; email: string }[]
  return rows.find((row) => row.email === email)?.id ?? ''
}

/** Whether the list of members says so. */
export async function isMember({ cast }: Target, surface: SpokenSurface, email: string): Promise<boolean> {
  const { text } = await surface.ask(cast.owner, 'listMembers', { tenant: cast.tenant })
  return text.includes(email)
}

export async function assertNoMember(target: Target, surface: SpokenSurface, email: string): Promise<void> {
  assert.ok(!(await isMember(target, surface, email)), `${surface.name}: ${email} has become a member`)
}
