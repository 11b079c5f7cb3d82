import { memoryStorage } from '@tenantry/core'
import { Browser } from 'happy-dom'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask } from '../../../testing/openapi-client.js'
import { LAPTOP, startedDevice } from '../../../testing/openapi-examples.js'
import { createScenario, givePassword, PASSWORD } from '../../../testing/scenario.js'
import type { Scenario, ScenarioOptions } from '../../../testing/scenario.js'

let scenario: Scenario
let browser: Browser
beforeEach(
  () =>
    void (browser = new Browser({
      settings: { enableJavaScriptEvaluation: true, suppressInsecureJavaScriptEnvironmentWarning: true },
    })),
)
afterEach(async () => {
  await browser.close()
  await scenario.close()
})

/** The page as somebody's browser shows it, and what they do there. */
async function openPage(address: string, cookie = '') {
  const page = browser.newPage()
  await page.goto(address)
  const { document } = page.mainFrame
  document.cookie = cookie
  await page.waitUntilComplete()
  const shown = (selector: string) => document.querySelector(selector)?.textContent
  return {
    shown,
    valueOf: (name: string) => document.querySelector(`[name=${name}]`)?.getAttribute('value'),
    async response(word: 'approve' | 'deny', fields: Readonly<Record<string, string>> = {}) {
      for (const [name, value] of Object.entries(fields)) {
        const field = document.querySelector(`[name=${name}]`)
        if (field && 'value' in field) field.value = value
      }
      document.querySelector(`[value=${word}]`)?.dispatchEvent(new page.mainFrame.window.MouseEvent('click'))
      await page.waitUntilComplete()
      return shown('#outcome')
    },
  }
}

async function start(options: ScenarioOptions = {}) {
  scenario = await createScenario(memoryStorage(), options)
  const device = await startedDevice(scenario)
  return { ...device, address: `${scenario.url}/device?user_code=${device.user_code}` }
}

const poll = (device_code: string) =>
  ask(scenario, 'POST /oauth/device/token', { as: null, body: { device_code, client_id: LAPTOP.client_id } })

describe('the approval page in a browser', () => {
  it('approves a device after a password sign-in, and revokes the token of that sign-in', async () => {
    const { device_code, address } = await start()
    await givePassword(scenario, 'bob')
    const { shown, response } = await openPage(address)
    const facts = ['program', 'label', 'network', 'time'].map((id) => shown(`#${id}`))
    const time = new Date(scenario.clock.now).toLocaleString()
    expect(facts).toEqual([LAPTOP.client_id, LAPTOP.device_label, expect.stringContaining('127.0.0.1'), time])
    const bob = { email: scenario.people.bob.email, password: 'wrong' }
    expect(await response('approve', bob)).toBe('Invalid email or password.')
    expect(await response('approve', { ...bob, password: PASSWORD })).toBe('Approved. You can return to your device.')
    const { token } = (await poll(device_code)).body
    const sessions = await ask(scenario, 'GET /account/sessions', { as: null, token })
    expect(sessions.body).toMatchObject({ total: 1, data: [LAPTOP] })
  })

  it('denies a device, and reports a code that is no longer valid', async () => {
    const { device_code, address } = await start()
    await givePassword(scenario, 'bob')
    const bob = { email: scenario.people.bob.email, password: PASSWORD }
    expect(await (await openPage(address)).response('deny', bob)).toBe('Denied. The device was not signed in.')
    expect((await poll(device_code)).body).toEqual({ error: 'access_denied' })
    expect(await (await openPage(address)).response('approve', bob)).toContain('This code is wrong')
  })

  it('uses the host’s session with external accounts', async () => {
    const bobsSession = {
      authenticate: (request: { get(name: string): string | undefined }) =>
        request.get('cookie') === 'session=bob' && { userId: scenario.people.bob.id },
    }
    const { device_code, address } = await start({ router: bobsSession })
    expect(await (await openPage(address)).response('approve')).toContain('Sign in first')
    expect(await (await openPage(address, 'session=bob')).response('approve')).toContain('Approved')
    expect((await poll(device_code)).status).toBe(200)
  })
})
