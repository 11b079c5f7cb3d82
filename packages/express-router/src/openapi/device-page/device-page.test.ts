import { memoryStorage } from '@tenantry/core'
import { Browser } from 'happy-dom'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask } from '../../testing/openapi-client.js'
import { LAPTOP, startedDevice } from '../../testing/openapi-examples.js'
import { createWorld, givePassword, PASSWORD } from '../../testing/world.js'
import type { World, WorldOptions } from '../../testing/world.js'

let world: World
let browser: Browser
beforeEach(
  () =>
    void (browser = new Browser({
      settings: { enableJavaScriptEvaluation: true, suppressInsecureJavaScriptEnvironmentWarning: true },
    })),
)
afterEach(async () => {
  await browser.close()
  await world.close()
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
    async answer(word: 'approve' | 'deny', fields: Readonly<Record<string, string>> = {}) {
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

async function start(options: WorldOptions = {}) {
  world = await createWorld(memoryStorage(), options)
  const device = await startedDevice(world)
  return { ...device, address: `${world.url}/device?user_code=${device.user_code}` }
}

const poll = (device_code: string) =>
  ask(world, 'POST /oauth/device/token', { as: null, body: { device_code, client_id: LAPTOP.client_id } })

describe('the page in a browser', () => {
  it('lets a device in for who signs in by password, and leaves no token of its own behind', async () => {
    const { device_code, address } = await start()
    await givePassword(world, 'bob')
    const { shown, answer } = await openPage(address)
    const facts = ['program', 'label', 'network', 'time'].map((id) => shown(`#${id}`))
    const time = new Date(world.clock.now).toLocaleString()
    expect(facts).toEqual([LAPTOP.client_id, LAPTOP.device_label, expect.stringContaining('127.0.0.1'), time])
    const bob = { email: world.people.bob.email, password: 'wrong' }
    expect(await answer('approve', bob)).toBe('Email and password do not fit.')
    expect(await answer('approve', { ...bob, password: PASSWORD })).toBe('Approved. You can return to your device.')
    const { token } = (await poll(device_code)).body
    const sessions = await ask(world, 'GET /account/sessions', { as: null, token })
    expect(sessions.body).toMatchObject({ total: 1, data: [LAPTOP] })
  })

  it('refuses a device, and says so when its code is of no more use', async () => {
    const { device_code, address } = await start()
    await givePassword(world, 'bob')
    const bob = { email: world.people.bob.email, password: PASSWORD }
    expect(await (await openPage(address)).answer('deny', bob)).toBe('Refused. The device gets nothing.')
    expect((await poll(device_code)).body).toEqual({ error: 'access_denied' })
    expect(await (await openPage(address)).answer('approve', bob)).toContain('This code is wrong')
  })

  it('goes by the session of the host where that keeps accounts', async () => {
    const bobsSession = {
      authenticate: (request: { get(name: string): string | undefined }) =>
        request.get('cookie') === 'session=bob' && { userId: world.people.bob.id },
    }
    const { device_code, address } = await start({ router: bobsSession })
    expect(await (await openPage(address)).answer('approve')).toContain('Sign in first')
    expect(await (await openPage(address, 'session=bob')).answer('approve')).toContain('Approved')
    expect((await poll(device_code)).status).toBe(200)
  })
})
