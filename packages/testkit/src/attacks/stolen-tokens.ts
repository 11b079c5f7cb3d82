import assert from 'node:assert/strict'
import { newcomer, newEmail, sentAway } from './admitted.js'
import type { AttackCase } from './attack-case.js'
import type { Attacker } from './cast.js'
import { offering } from './target.js'
import type { SpokenSurface, Target } from './target.js'
import { assertDone, assertRefused } from './unharmed.js'

const PASSWORD = 'correct horse battery'
/** A guess, and none at all. */
const SHOWN = [{}, { current_password: 'a guess' }]

/** A device that somebody lets in gets a token, which no sign-in of a person made. */
async function tokenOfDevice(surface: SpokenSurface, person: Attacker): Promise<string> {
  const { deviceCode, userCode } = await started(surface)
  assertDone(await surface.ask(person, 'approveDevice', { code: userCode }), `${surface.name}: a device is let in`)
  const { text } = await surface.ask(null, 'exchangeDevice', { code: deviceCode })
  const token = /"token":"([^"]+)"/.exec(text)?.[1]
  assert.ok(token, `${surface.name}: the device gets no token: ${text}`)
  return token
}

async function started(surface: SpokenSurface): Promise<{ readonly deviceCode: string; readonly userCode: string }> {
  const { text } = await surface.ask(null, 'startDevice', { name: 'laptop' })
  const [, deviceCode] = /"device_code":"([^"]+)"/.exec(text) ?? []
  const [, userCode] = /"user_code":"([^"]+)"/.exec(text) ?? []
  assert.ok(deviceCode && userCode, `${surface.name}: no device begins to sign in: ${text}`)
  return { deviceCode, userCode }
}

/** What a token is worth to whoever has stolen it. */
export const stolenTokenCases: readonly AttackCase[] = [
  {
    id: 'I14',
    name: 'a stolen token that changes the password or the address, lets a device in, or deletes the account',
    needs: ['updateAccount', 'deleteAccount'],
    needsBeside: ['invite', 'accept', 'leave', 'signIn', 'startDevice', 'approveDevice', 'exchangeDevice'],
    async run(target) {
      for (const devices of offering(target, 'startDevice', 'approveDevice', 'exchangeDevice')) {
        const owner = await newcomer(target, PASSWORD)
        const thief = { ...owner, token: await tokenOfDevice(devices, owner) }
        for (const surface of offering(target, 'updateAccount', 'deleteAccount')) await assertKept(surface, thief)
        const { userCode } = await started(devices)
        for (const more of [{}, { password: 'a guess' }])
          assertRefused(
            await devices.ask(thief, 'approveDevice', { code: userCode, more }),
            `${devices.name}: a stolen token lets another device in`,
          )
        await assertSignsIn(target, owner)
        await sentAway(target, owner)
      }
    },
  },
]

async function assertKept(surface: SpokenSurface, thief: Attacker): Promise<void> {
  const { email } = thief
  for (const shown of SHOWN) {
    for (const change of [{ password: 'a password of Mallory’s' }, { new_email: newEmail() }])
      assertRefused(
        await surface.ask(thief, 'updateAccount', { email, more: { ...change, ...shown } }),
        `${surface.name}: a stolen token changes ${Object.keys(change).join()}`,
      )
    const answer = await surface.ask(thief, 'deleteAccount', { email, more: shown })
    assertRefused(answer, `${surface.name}: a stolen token deletes the account`)
  }
}

async function assertSignsIn(target: Target, { email }: Attacker): Promise<void> {
  for (const surface of offering(target, 'signIn'))
    assertDone(await surface.ask(null, 'signIn', { email, password: PASSWORD }), `${surface.name}: its owner signs in`)
}
