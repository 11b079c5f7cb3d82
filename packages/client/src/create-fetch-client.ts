import createClient from 'openapi-fetch'
import type { Client, Middleware } from 'openapi-fetch'
import type { ClientOptions } from './client-options.js'
import { serializePath } from './serialize-path.js'

/** An openapi-fetch client that checks paths and sends the access token. */
export function createFetchClient<Paths extends object>({ token, ...options }: ClientOptions): Client<Paths> {
  const client = createClient<Paths>({ ...options, pathSerializer: serializePath })
  if (token !== undefined) client.use(authorize(token))
  return client
}

function authorize(token: Exclude<ClientOptions['token'], undefined>): Middleware {
  return {
    async onRequest({ request }) {
      const current = typeof token === 'function' ? await token() : token
      if (current !== null) request.headers.set('Authorization', `Bearer ${current}`)
    },
  }
}
