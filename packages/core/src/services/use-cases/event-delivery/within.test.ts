import { expect, test } from 'vitest'
import { within } from '../../workers/event-delivery/with-timeout.js'

test('work that ends in time answers or fails as it would', async () => {
  expect(await within(60_000, Promise.resolve('done'))).toBe('done')
  await expect(within(60_000, Promise.reject(new Error('broken')))).rejects.toThrow('broken')
})

test('work that never ends is given up', async () => {
  await expect(within(5, new Promise(() => {}))).rejects.toMatchObject({ name: 'TimeoutError' })
})
