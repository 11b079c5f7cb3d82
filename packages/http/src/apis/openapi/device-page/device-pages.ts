import type { HandlerResponse } from '../../../handler/handler.js'
import type { Pages } from '../../../handler/pages.js'
import { page } from './page.js'
import { script } from './script.js'
import { style } from './style.js'

const headers = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  // No referrer, because the URL contains the code.
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
  /** The path of the API in the same router. */
  readonly api: string
  readonly userManagement: 'builtin' | 'external'
}

/** The page on which users approve or deny a device. It loads nothing from other origins. */
export function devicePages({ api, userManagement }: DevicePageOptions): Pages {
  return {
    '/device': async ({ up }) =>
      respond('text/html', page({ up, api: `${up}${api.replaceAll(/^\/|\/$/g, '')}`, userManagement })),
    '/device/page.js': async () => respond('text/javascript', script),
    '/device/page.css': async () => respond('text/css', style),
  }
}

function respond(type: string, body: string): HandlerResponse {
  return { status: 200, headers: { ...headers, 'Content-Type': `${type}; charset=utf-8` }, body }
}
