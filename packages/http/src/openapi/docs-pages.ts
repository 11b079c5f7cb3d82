import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { HandlerResponse } from '../handler/handler.js'
import type { Pages } from '../handler/pages.js'
import { openapiDocument } from './openapi-document.js'
import type { Mount } from './openapi-document.js'

const require = createRequire(import.meta.url)

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

const installPage = (up: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API</title>
<h1>API</h1>
<p>The <a href="${up}openapi.json">OpenAPI document</a> describes every route.</p>
<p>To read and try it on this page, install the optional peer dependency: <code>npm install swagger-ui-dist</code></p>
</html>
`

/** The folder of Swagger UI, or `null` where it is not installed. Its own module is not imported: it loads the browser bundle. */
function findSwaggerUi(): string | null {
  try {
    return path.dirname(require.resolve('swagger-ui-dist/package.json'))
  } catch {
    return null
  }
}

/**
 * The OpenAPI document of these APIs, and Swagger UI to read and try it where `swagger-ui-dist` is installed. Nothing is
 * loaded from another origin.
 */
export function docsPages(mounts: readonly Mount[], swaggerUi: string | null = findSwaggerUi()): Pages {
  return {
    '/openapi.json': async ({ mountPath }) =>
      respond('application/json', JSON.stringify(openapiDocument(mounts, { serverUrl: mountPath }))),
    '/docs': async ({ up }) => respond('text/html', swaggerUi === null ? installPage(up) : page(up)),
    ...(swaggerUi !== null && {
      '/docs/start.js': async () => respond('text/javascript', start),
      '/docs/swagger-ui.css': fileFrom(swaggerUi, 'swagger-ui.css', 'text/css'),
      '/docs/swagger-ui-bundle.js': fileFrom(swaggerUi, 'swagger-ui-bundle.js', 'text/javascript'),
    }),
  }
}

/** A file that is read with the first request for it. */
function fileFrom(folder: string, name: string, type: string): () => Promise<HandlerResponse> {
  let text: Promise<string> | undefined
  return async () => respond(type, await (text ??= readFile(path.join(folder, name), 'utf8')))
}

function respond(type: string, body: string): HandlerResponse {
  return { status: 200, headers: { ...headers, 'Content-Type': `${type}; charset=utf-8` }, body }
}
