import { createTenancy, memoryStorage, TenancyError } from '@tenantry/core'
import { connect } from 'node:net'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { mount } from '../../../express-router/src/mount.js'
import { mountFetch } from '../mounts/mount-fetch.js'
import { serve } from '../testing/serve.js'
import { MOUNTS, serveFetch } from '../testing/serve-apis.js'
import type { MountName } from '../testing/serve-apis.js'
import { bindApi } from './bind-api.js'
import { defineRoute, Reply } from './route.js'
import type { Api } from './api.js'
import type { Handler } from './handler.js'

const PIECE = `${'x'.repeat(64 * 1024 - 1)}\n`
function signal() {
  let give = () => {}
  const fixture = new Promise<void>((resolve) => (give = resolve))
  return { fixture, give: () => give() }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

let close: () => Promise<void> = async () => {}
afterEach(() => close())

/** A server that answers these pieces at `/pieces`, and what it logged. */
async function serving(through: MountName, pieces: () => AsyncIterable<string>) {
  const logged: object[] = []
  const api: Api = {
    name: 'test',
    title: 'Test',
    introduction: 'Pieces.',
    routes: [
      defineRoute({
        method: 'GET',
        path: '/pieces',
        summary: 'Pieces',
        tag: 'Test',
        public: true,
        response: ['application/x-ndjson'],
        run: async () => new Reply(pieces(), { headers: { 'Content-Type': 'application/x-ndjson' } }),
      }),
    ],
    toFailureResponse: (failure) => ({ status: failure instanceof TenancyError ? 403 : 500, body: { refused: true } }),
    failure: z.object({ refused: z.boolean() }),
  }
  const logger = { info: () => {}, warn: () => {}, error: (details: object) => void logged.push(details) }
  const respond = bindApi(api, { tenancy: createTenancy({ storage: memoryStorage() }), logger })
  const handler: Handler = async (request, facts) => respond(request.url, { request, facts, prefix: '' })
  const server = through === 'express' ? await serve(mount(handler)) : await serveFetch(mountFetch(handler, '/'))
  close = server.close
  return { url: `${server.url}/pieces`, port: Number(new URL(server.url).port), logged }
}

describe.each(MOUNTS)('a streamed response through %s', (through) => {
  it('is sent completely and in order', async () => {
    const { url } = await serving(through, async function* () {
      for (let piece = 0; piece < 1000; piece++) yield `${piece}\n`
    })
    const response = await fetch(url)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/x-ndjson'])
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.text()).toBe(Array.from({ length: 1000 }, (_, piece) => `${piece}\n`).join(''))
  })

  it('is produced only as fast as the client reads it, and stops when the client disconnects', async () => {
    let made = 0
    const ended = signal()
    const { port, logged } = await serving(through, async function* () {
      try {
        for (;;) {
          made++
          await turn()
          yield PIECE
        }
      } finally {
        ended.give()
      }
    })
    const socket = connect(port, '127.0.0.1')
    socket.write('GET /pieces HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await once(socket, 'readable')
    // The client reads nothing: what lies between fills up, and then nothing more is made.
    for (let before = -1; before < made;) {
      before = made
      for (let turns = 0; turns < 2000; turns++) await turn()
      expect(made).toBeLessThan(5000)
    }
    socket.destroy()
    await ended.fixture
    const atTheEnd = made
    for (let turns = 0; turns < 100; turns++) await turn()
    expect([made, logged]).toEqual([atTheEnd, []])
  })

  it('stops streaming when the client disconnects before the first chunk', async () => {
    const [begun, gone, ended] = [signal(), signal(), signal()]
    const { port, logged } = await serving(through, async function* () {
      begun.give()
      try {
        await gone.fixture
        for (;;) yield PIECE
      } finally {
        ended.give()
      }
    })
    const socket = connect(port, '127.0.0.1')
    socket.write('GET /pieces HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await begun.fixture
    socket.destroy()
    await once(socket, 'close')
    gone.give()
    await ended.fixture
    expect(logged).toEqual([])
  })

  it('becomes an error response if it fails before the first chunk', async () => {
    // eslint-disable-next-line require-yield -- it is refused before there is anything
    const { url, logged } = await serving(through, async function* () {
      throw new TenancyError('forbidden', 'No', {})
    })
    const response = await fetch(url)
    expect([response.status, await response.json()]).toEqual([403, { refused: true }])
    expect(logged).toEqual([])
  })

  it.each([
    ['refused', new TenancyError('forbidden', 'No', {}), 0],
    ['broken', new Error('a disk is gone'), 1],
  ])('that is %s in the middle is cut off, so that nobody takes it for whole', async (_, error, logs) => {
    const { url, logged } = await serving(through, async function* () {
      yield PIECE
      await turn()
      throw error
    })
    const response = await fetch(url)
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow()
    expect(logged).toHaveLength(logs)
  })

  it('is not produced for a HEAD request', async () => {
    let made = 0
    let ended = false
    const { url } = await serving(through, async function* () {
      try {
        for (;;) yield `${made++}\n`
      } finally {
        ended = true
      }
    })
    const response = await fetch(url, { method: 'HEAD' })
    expect([response.status, response.headers.get('content-type'), made, ended]).toEqual([
      200,
      'application/x-ndjson',
      1,
      true,
    ])
  })

  it('without chunks is empty', async () => {
    const { url } = await serving(through, async function* () {})
    expect(await (await fetch(url)).text()).toBe('')
  })
})
