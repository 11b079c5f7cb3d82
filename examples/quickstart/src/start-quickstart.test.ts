import { expect, test } from 'vitest'
import { readSettings } from './settings.js'
import { StartError } from './start-error.js'
import { startQuickstart } from './start-quickstart.js'

test.each([
  ['a database that cannot be reached', 'postgres://ann:geheim@127.0.0.1:1/app'],
  ['a file in place of a folder', `${import.meta.filename}/quickstart.sqlite`],
  ['a file that is no database', import.meta.filename],
])('%s is told in a sentence, without a password, and nothing is announced', async (_, url) => {
  const settings = readSettings({
    PORT: '0',
    DATABASE_URL: url,
    TENANTRY_SECRET: 'at least thirty-two bytes of secret',
  })
  const announced: unknown[] = []
  const error = await startQuickstart(settings, { resetTokens: false, announce: (line) => announced.push(line) }).catch(
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(StartError)
  expect(String(error)).toMatch(/The database cannot be used: .+\nLook at DATABASE_URL\.$/)
  expect(String(error)).not.toContain('geheim')
  expect(announced).toEqual([])
})
