import { Router } from 'express'
import type { Request, Response } from 'express'
import { page } from './page.js'
import { script } from './script.js'
import { style } from './style.js'

const headers = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  // The address holds the code.
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
}

interface DevicePageOptions {
  /** Where the API lies in the same router. */
  readonly api: string
  readonly accounts: 'tenantry' | 'host'
}

/** Serves the page on which people let a device in, or refuse it; nothing comes from elsewhere. */
export function devicePageRouter({ api, accounts }: DevicePageOptions): Router {
  const router = Router({ caseSensitive: true })
  router.get('/device', (request: Request, response: Response) => {
    // Relative addresses, which hold wherever the host mounts the router; a trailing slash lies one level deeper.
    const up = request.path.endsWith('/') ? '../' : './'
    response
      .set(headers)
      .type('html')
      .send(page({ up, api: `${up}${api.replaceAll(/^\/|\/$/g, '')}`, accounts }))
  })
  router.get('/device/page.js', (_request: Request, response: Response) => {
    response.set(headers).type('text/javascript').send(script)
  })
  router.get('/device/page.css', (_request: Request, response: Response) => {
    response.set(headers).type('text/css').send(style)
  })
  return router
}
