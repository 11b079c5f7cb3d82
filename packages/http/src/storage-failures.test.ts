import { createTenancy, memoryStorage, StorageError } from '@tenantry/core'
import type { Storage } from '@tenantry/core'
import { expect, onTestFinished, test } from 'vitest'
import { serveApis } from './testing/serve-apis.js'
import { APIS_UNDER_TEST } from './testing/apis-under-test.js'
import { everyPreset } from './testing/every-preset.js'

const failures = {
  unavailable: new StorageError('unavailable', 'no space left on db7.internal', { cause: new Error('SQLITE_FULL') }),
  schema: new StorageError('schema', 'no tables on db7.internal'),
  conflict: new StorageError('conflict', 'db7.internal has a rule of its own'),
}

/** A storage on which every read and every transaction fails. */
function failing(failure: StorageError): Storage {
  const fail = () => Promise.reject(failure)
  const noun = new Proxy({}, { get: () => fail })
  // Whatever is asked for, it has, and it fails.
  const read = new Proxy({}, { get: () => noun }) as Storage['read']
  return { ...memoryStorage(), read, transaction: fail }
}

const apis = Object.entries(APIS_UNDER_TEST)

test.each(apis.flatMap(([name]) => Object.keys(failures).map((code) => [name, code] as const)))(
  'the API %s answers 503 without detail when the storage fails with %s, and the log has the cause',
  async (name, code) => {
    const failure = Object.entries(failures).find(([known]) => known === code)?.[1] ?? failures.unavailable
    const [, under] = apis.find(([known]) => known === name) ?? []
    if (!under) throw new Error('no such API')
    const logged: unknown[] = []
    const logger = { info() {}, warn() {}, error: (details: object) => void logged.push(details) }
    const server = await serveApis({
      tenancy: createTenancy({ storage: failing(failure), ...everyPreset() }),
      logger,
    })
    onTestFinished(() => server.close())
    const { client } = under
    const routes = [...client.routes].filter(([key]) => key.startsWith('GET '))
    const statuses = new Set<number>()
    for (const [key] of routes) {
      const [method = '', path = ''] = key.replace(/:\w+|\{\w+\}/g, 'one').split(' ')
      const headers = { authorization: 'Bearer dfoa_unknown', 'x-api-key': 'dfoa_unknown' }
      const response = await fetch(`${server.url}${client.prefix}${path}`, { method, headers })
      const text = await response.text()
      expect(text).not.toMatch(/db7|SQLITE|StorageError/)
      if (response.status >= 500) expect([key, response.status]).toEqual([key, 503])
      statuses.add(response.status)
    }
    expect(statuses).toContain(503)
    expect(logged).toContainEqual(expect.objectContaining({ error: expect.objectContaining({ cause: failure }) }))
  },
)
