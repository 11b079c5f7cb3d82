import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Attacker } from './test-users.js'
import { assertDone, assertRefused } from './assert-unchanged.js'
import { offering } from './target.js'
import type { ApiUnderAttack, Target } from './target.js'

/**
 * Makes somebody a member of the tenant, by whatever way the mounted APIs have. Answers how to end it, which may
 * have happened by then.
 *
 * @throws {Error} where no API lets an owner bring in a member.
 */
export async function admitted(target: Target, person: Attacker, role: string): Promise<() => Promise<void>> {
  const { testUsers } = target
  const { tenant, owner } = testUsers
  const [adding] = offering(target, 'addMember')
  const [inviting] = offering(target, 'invite', 'accept')
  if (inviting) {
    const token = await invited(target, inviting, { email: person.email, role })
    assertDone(await inviting.ask(person, 'accept', { token }), 'an invitation is accepted')
  } else if (adding) {
    assertDone(await adding.ask(owner, 'addMember', { tenant, email: person.email, role }), 'a member is added')
  } else throw new Error('No API lets an owner bring in a member')
  const [removing] = offering(target, 'removeMember')
  return async () => void (await removing?.ask(owner, 'removeMember', { tenant, user: person.id }))
}

/** Invites an address and answers the token of the link. */
export async function invited(
  { testUsers }: Target,
  api: ApiUnderAttack,
  {
    email,
    role = 'member',
    by = testUsers.owner,
    tenant = testUsers.tenant,
  }: { readonly email: string; readonly role?: string; readonly by?: Attacker; readonly tenant?: string },
): Promise<string> {
  const response = await api.ask(by, 'invite', { tenant, email, role })
  assertDone(response, 'an address is invited')
  const token = /token=([\w-]+)/.exec(response.text)?.[1]
  assert.ok(token, `${api.name} shows no link; the host under attack must be one that does`)
  return token
}

/** Guesses so many tokens of invitations, each from where `from` says. */
export async function guessTokens(
  target: Target,
  name: string,
  guesses: number,
  from: (guess: number) => Readonly<Record<string, string>> = () => ({}),
): Promise<void> {
  const api = target.apis.find((one) => one.name === name)
  assert.ok(api)
  for (let guess = 0; guess < guesses; guess += 1) {
    const response = await api.ask(null, 'accept', { token: `guess-${guess}`, more: { name: 'Mallory' } }, from(guess))
    assertRefused(response, `${name}: a guess`)
  }
}

/** Somebody with an account and a password, who has just signed in; a member of the tenant until they leave. */
export async function newcomer(target: Target, password: string): Promise<Attacker> {
  const email = newEmail()
  const [api] = offering(target, 'invite', 'accept')
  assert.ok(api)
  const token = await invited(target, api, { email })
  const opened = await api.ask(null, 'accept', { token, more: { name: 'Newcomer', password } })
  assertDone(opened, `${api.name}: the link opens an account`)
  return { id: '', email, token: /"access_?token":"([^"]+)"/i.exec(opened.text)?.[1] ?? '' }
}

/** They leave the tenant again. */
export async function sentAway(target: Target, person: Attacker): Promise<void> {
  const [api] = offering(target, 'leave')
  await api?.ask(person, 'leave', { tenant: target.testUsers.tenant })
}

/** Revokes the invitations of these addresses that are pending. */
export async function withdraw(target: Target, ...emails: readonly string[]): Promise<void> {
  const { tenant, owner } = target.testUsers
  for (const api of offering(target, 'listInvitations', 'revokeInvitation'))
    for (const email of emails) {
      const invitation = await invitationOf(target, api, email)
      if (invitation) await api.ask(owner, 'revokeInvitation', { tenant, invitation })
    }
}

/** An address that nobody has. */
export const newEmail = (): string => `${randomUUID()}@example.com`

/** The id of an address's invitation, as the list of pending ones tells it. */
export async function invitationOf({ testUsers }: Target, api: ApiUnderAttack, email: string): Promise<string> {
  const { text } = await api.ask(testUsers.owner, 'listInvitations', { tenant: testUsers.tenant })
  // A list of objects, in some envelope.
  const rows = Object.values(JSON.parse(text) as object).find(Array.isArray) as { id: string; email: string }[]
  return rows.find((row) => row.email === email)?.id ?? ''
}

/** Whether the list of members says so. */
export async function isMember({ testUsers }: Target, api: ApiUnderAttack, email: string): Promise<boolean> {
  const { text } = await api.ask(testUsers.owner, 'listMembers', { tenant: testUsers.tenant })
  return text.includes(email)
}

export async function assertNoMember(target: Target, api: ApiUnderAttack, email: string): Promise<void> {
  assert.ok(!(await isMember(target, api, email)), `${api.name}: ${email} has become a member`)
}
