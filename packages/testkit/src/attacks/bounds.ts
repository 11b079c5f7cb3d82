import assert from 'node:assert/strict'
import { invited, newEmail } from './member-fixtures.js'
import type { Attack } from './attack.js'
import { sampleRequest, slotsOf, withValue } from './ids.js'
import { send } from './mount.js'
import type { Operation } from './mount.js'
import { offering, waitsIn } from './target.js'
import type { Target } from './target.js'
import { assertRefused, unharmed } from './assert-unchanged.js'

const LARGE = 200_000
/** More tries of one thing than anybody needs. */
const TRIES = 24

/** Bodies whose reading costs more than their size, where it is not bounded. */
const HEAVY = [
  '['.repeat(LARGE),
  `${'['.repeat(LARGE)}${']'.repeat(LARGE)}`,
  '{"a":'.repeat(LARGE / 5),
  `{${Array.from({ length: LARGE / 10 }, (_, n) => `"k${n}":1`).join(',')}}`,
  `{"a":"${'\\\\'.repeat(LARGE / 2)}`,
]
/** Text that costs more than its length where it is brought into a normal form, or matched by a pattern that goes back. */
const LONG = [
  'a'.repeat(LARGE),
  `${'a.'.repeat(LARGE / 2)}@x`,
  `a${'\u0301'.repeat(LARGE / 4)}${'\u0323'.repeat(LARGE / 4)}`,
]

function publicWrites({ mount }: Target): readonly Operation[] {
  return [...mount.operations.values()].filter(({ isPublic, method, body }) => isPublic && method !== 'GET' && body)
}

function fieldsOf(operation: Operation): readonly string[] {
  return slotsOf(operation).flatMap(({ name, path }) => (path ? [name] : []))
}

/** What strangers could make a server work for, or fold together. */
export const boundCases: readonly Attack[] = [
  {
    id: 'I03',
    name: 'an invitation to a mailbox that normalizes to another one',
    needs: ['invite', 'accept'],
    run: (target) =>
      unharmed(target, async () => {
        const { testUsers } = target
        const { email } = testUsers.stranger
        // Full-width forms of ASCII, which compatibility folding takes for it.
        const folded = String.fromCodePoint((email.codePointAt(0) ?? 0) + 0xfee0) + email.slice(1)
        for (const api of offering(target, 'invite', 'accept')) {
          const response = await api.ask(testUsers.owner, 'invite', {
            tenant: testUsers.tenant,
            email: folded,
            role: 'member',
          })
          // A list of addresses tells each one’s failure in its row.
          const refused = response.status >= 400 || /"status":"failed"/.test(response.text)
          assert.ok(refused && response.status < 500, `${api.name}: ${folded} was invited: ${response.text}`)
        }
      }),
  },
  {
    id: 'I07',
    name: 'huge nesting, keys, addresses and passwords, on every public route',
    run: (target) =>
      unharmed(target, async () => {
        const { mount, testUsers } = target
        for (const operation of publicWrites(target)) {
          const request = { ...sampleRequest(testUsers, operation), as: null }
          for (const body of HEAVY)
            assertRefused(
              await send(mount, operation, { ...request, body }),
              `${operation.id} with ${body.slice(0, 20)}`,
            )
          for (const slot of slotsOf(operation).filter(({ path }) => path))
            for (const value of LONG) {
              const response = await send(mount, operation, withValue(request, slot, value))
              assertRefused(response, `${operation.id} with ${value.length} characters as ${slot.name}`)
            }
        }
      }),
  },
  {
    id: 'I08',
    name: 'repeated password hashing by anonymous callers: an unknown account, a token of an existing account',
    needs: ['invite', 'accept'],
    async run(target) {
      for (const operation of publicWrites(target)) {
        // Another for each: a route before may have opened an account for it.
        const email = newEmail()
        const fields = fieldsOf(operation)
        if (!fields.includes('password') || !fields.includes('email')) continue
        const waits = await waitsIn(target, async ({ mount, testUsers }) => {
          for (let tries = 0; tries < TRIES; tries += 1) {
            const body = {
              ...Object(sampleRequest(testUsers, operation).body),
              email,
              password: 'a password that is wrong',
            }
            const { status, text } = await send(mount, operation, { as: null, body })
            assert.ok(status < 500, `${operation.id}: ${text}`)
          }
        })
        assert.ok(waits > 0, `${operation.id}: nobody was asked to wait in ${TRIES} tries`)
      }
      for (const { name } of offering(target, 'invite', 'accept')) {
        const waits = await waitsIn(target, async (guessing) => {
          const api = guessing.apis.find((one) => one.name === name)
          assert.ok(api)
          const token = await invited(guessing, api, { email: guessing.testUsers.stranger.email })
          const more = { name: 'Mallory', password: 'a password of Mallory’s' }
          for (let tries = 0; tries < TRIES; tries += 1)
            assertRefused(await api.ask(null, 'accept', { token, more }), `${name}: an account opened twice`)
        })
        assert.ok(waits > 0, `${name}: nobody was asked to wait in ${TRIES} tries of one token`)
      }
    },
  },
]
