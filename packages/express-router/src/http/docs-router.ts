import { createRequire } from 'node:module'
import path from 'node:path'
import { Router } from 'express'
import type { Request, Response } from 'express'
import { openapiDocument } from './openapi-document.js'
import type { Mount } from './openapi-document.js'

// Found, not imported: its own module loads the whole browser bundle.
const require = createRequire(import.meta.url)
const files = path.dirname(require.resolve('swagger-ui-dist/package.json'))

const headers = {
  'Cache-Control': 'no-cache',
  'X-Content-Type-Options': 'nosniff',
  // Everything comes from here. Swagger UI sets styles on its elements, and has its icons as data.
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
}

const start = `const { document: url } = document.currentScript.dataset
SwaggerUIBundle({ url, dom_id: '#docs', deepLinking: true, persistAuthorization: false })
`

// Relative addresses, which hold wherever the host mounts the router; a trailing slash lies one level deeper.
const page = (up: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API</title>
<link rel="stylesheet" href="${up}docs/swagger-ui.css">
<div id="docs"></div>
<script src="${up}docs/swagger-ui-bundle.js"></script>
<script src="${up}docs/start.js" data-document="${up}openapi.json"></script>
</html>
`

/** Serves the document of these surfaces, and Swagger UI to read and try it; nothing comes from elsewhere. */
export function docsRouter(mounts: readonly Mount[]): Router {
  const router = Router({ caseSensitive: true })
  router.get('/openapi.json', (request: Request, response: Response) => {
    response.set(headers).json(openapiDocument(mounts, { serverUrl: request.baseUrl }))
  })
  router.get('/docs', (request: Request, response: Response) => {
    response
      .set(headers)
      .type('html')
      .send(page(request.path.endsWith('/') ? '../' : './'))
  })
  router.get('/docs/start.js', (_request: Request, response: Response) => {
    response.set(headers).type('text/javascript').send(start)
  })
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
    router.get(`/docs/${file}`, (_request: Request, response: Response) =>
      response.sendFile(file, { root: files, headers }),
    )
  }
  return router
}
