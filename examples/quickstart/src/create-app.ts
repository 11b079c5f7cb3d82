import { fileURLToPath } from 'node:url'
import type { Tenancy } from '@tenantry/core'
import { tenancyRouter } from '@tenantry/express-router'
import express from 'express'
import type { Express, RequestHandler } from 'express'
import type { Logger } from 'pino'

const PAGES = fileURLToPath(new URL('../public', import.meta.url))

interface AppOptions {
  readonly tenancy: Tenancy
  readonly logger: Logger
  /** The public URL. */
  readonly publicUrl: string
}

/** The whole application: two small pages and the library's routes. */
export function createApp({ tenancy, logger, publicUrl }: AppOptions): Express {
  const app = express()
  app.disable('x-powered-by')
  app.use(logRequests(logger))
  app.use(express.static(PAGES, { extensions: ['html'], setHeaders: protectPage }))
  const apis = { tenancy: true, console: true, openapi: true, tenant: true, teams: true, workspaces: true } as const
  app.use(tenancyRouter({ tenancy, logger, publicUrl, apis }))
  app.use((_request, response) => {
    response.status(404).json({ code: 'not-found', message: 'There is nothing here', status: 404 })
  })
  return app
}

/** The URL of the page that accepts an invitation contains its token, so it must not be sent to other servers. */
function protectPage(response: { setHeader(name: string, value: string): unknown }): void {
  response.setHeader('Content-Security-Policy', "default-src 'self'; frame-ancestors 'none'")
  response.setHeader('Referrer-Policy', 'no-referrer')
  response.setHeader('X-Content-Type-Options', 'nosniff')
}

function logRequests(logger: Logger): RequestHandler {
  return (request, response, next) => {
    // Without the query, which may contain a token.
    const { method, path } = request
    const from = performance.now()
    response.on('finish', () => {
      logger.info({ method, path, status: response.statusCode, ms: Math.round(performance.now() - from) }, 'request')
    })
    next()
  }
}
