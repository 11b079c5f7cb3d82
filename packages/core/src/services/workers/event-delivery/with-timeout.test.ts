import { expect, test } from 'vitest'
import { withTimeout } from './with-timeout.js'

test('withTimeout settles like work that ends in time', async () => {
  expect(await withTimeout(60_000, Promise.resolve('done'))).toBe('done')
  await expect(withTimeout(60_000, Promise.reject(new Error('broken')))).rejects.toThrow('broken')
})

test('work that never ends is given up', async () => {
  await expect(withTimeout(5, new Promise(() => {}))).rejects.toMatchObject({ name: 'TimeoutError' })
})
