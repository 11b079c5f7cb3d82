import { serve } from '@hono/node-server'
import * as api from './app/api/[...path]/route.js'
import * as signIn from './app/sign-in/[name]/route.js'
import * as invoices from './app/t/[tenant]/invoices/route.js'

/** Stands for Next: finds the file of a path, and calls the function that has the name of the method. */
async function handle(request: Request): Promise<Response> {
  const [, first, second = '', third] = new URL(request.url).pathname.split('/')
  if (first === 'hello') return new Response('hello')
  if (first === 'sign-in') return signIn.POST(request, { params: Promise.resolve({ name: second }) })
  if (first === 't' && third === 'invoices')
    return invoices.GET(request, { params: Promise.resolve({ tenant: second }) })
  const method = Object.entries(api).find(([name]) => name === request.method)?.[1]
  return method ? method(request) : new Response(null, { status: 405 })
}

export const start = (port: number) => serve({ fetch: handle, port })
