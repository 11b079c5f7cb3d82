import assert from 'node:assert/strict'
import { newcomer, newEmail, sentAway } from './member-fixtures.js'
import type { Attack } from './attack.js'
import type { Attacker } from './test-users.js'
import { offering } from './target.js'
import type { ApiUnderAttack, Target } from './target.js'
import { assertDone, assertRefused } from './assert-unchanged.js'

const PASSWORD = 'correct horse battery'
/** A guess, and none at all. */
const SHOWN = [{}, { current_password: 'a guess' }]

/** A device that somebody lets in gets a token, which no sign-in of a person made. */
async function tokenOfDevice(api: ApiUnderAttack, person: Attacker): Promise<string> {
  const { deviceCode, userCode } = await started(api)
  assertDone(await api.ask(person, 'approveDevice', { code: userCode }), `${api.name}: a device is let in`)
  const { text } = await api.ask(null, 'exchangeDevice', { code: deviceCode })
  const token = /"(?:token|accessToken)":"([^"]+)"/.exec(text)?.[1]
  assert.ok(token, `${api.name}: the device gets no token: ${text}`)
  return token
}

async function started(api: ApiUnderAttack): Promise<{ readonly deviceCode: string; readonly userCode: string }> {
  const { text } = await api.ask(null, 'startDevice', { name: 'laptop' })
  const [, deviceCode] = /"device_?code":"([^"]+)"/i.exec(text) ?? []
  const [, userCode] = /"user_?code":"([^"]+)"/i.exec(text) ?? []
  assert.ok(deviceCode && userCode, `${api.name}: no device begins to sign in: ${text}`)
  return { deviceCode, userCode }
}

/** What a token is worth to whoever has stolen it. */
export const stolenTokenCases: readonly Attack[] = [
  {
    id: 'I14',
    name: 'a stolen token used to change the password or address, approve a device, or delete the account',
    needs: ['updateAccount', 'deleteAccount'],
    needsBeside: ['invite', 'accept', 'leave', 'signIn', 'startDevice', 'approveDevice', 'exchangeDevice'],
    async run(target) {
      for (const devices of offering(target, 'startDevice', 'approveDevice', 'exchangeDevice')) {
        const owner = await newcomer(target, PASSWORD)
        const thief = { ...owner, token: await tokenOfDevice(devices, owner) }
        for (const api of offering(target, 'updateAccount', 'deleteAccount')) await assertKept(api, thief)
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

async function assertKept(api: ApiUnderAttack, thief: Attacker): Promise<void> {
  const { email } = thief
  for (const shown of SHOWN) {
    for (const change of [{ password: 'a password of Mallory’s' }, { new_email: newEmail() }])
      assertRefused(
        await api.ask(thief, 'updateAccount', { email, more: { ...change, ...shown } }),
        `${api.name}: a stolen token changes ${Object.keys(change).join()}`,
      )
    const response = await api.ask(thief, 'deleteAccount', { email, more: shown })
    assertRefused(response, `${api.name}: a stolen token deletes the account`)
  }
}

async function assertSignsIn(target: Target, { email }: Attacker): Promise<void> {
  for (const api of offering(target, 'signIn'))
    assertDone(await api.ask(null, 'signIn', { email, password: PASSWORD }), `${api.name}: its owner signs in`)
}
