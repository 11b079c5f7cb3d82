import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { HandlerResponse } from '../handler/handler.js'
import type { Pages } from '../handler/pages.js'
import { apiPage, HEADERS, indexPage, START_SCRIPT } from './docs-html.js'
import { openapiDocument } from './openapi-document.js'
import type { Mount } from './openapi-document.js'

const require = createRequire(import.meta.url)

/**
 * The folder of Swagger UI, or `null` if it is not installed. Its module is not imported, because it loads the browser
 * bundle.
 */
function findSwaggerUi(): string | null {
  try {
    return path.dirname(require.resolve('swagger-ui-dist/package.json'))
  } catch {
    return null
  }
}

/**
 * The OpenAPI document of all served APIs at `/openapi.json`, a list of them at `/docs`, and a document and a page for
 * each. The page uses Swagger UI if `swagger-ui-dist` is installed. A single API also has its page at `/docs`. Nothing
 * is loaded from another origin.
 */
export function docsPages(mounts: readonly Mount[], swaggerUi: string | null = findSwaggerUi()): Pages {
  const documentOf = (some: readonly Mount[]) => async (place: { readonly mountPath: string }) =>
    respond('application/json', JSON.stringify(openapiDocument(some, { serverUrl: place.mountPath })))
  const pageOf =
    ({ api }: Mount) =>
    async ({ up }: { readonly up: string }) =>
      respond('text/html', apiPage(api, { up, hasSwaggerUi: swaggerUi !== null }))
  const [only, ...others] = mounts
  return {
    '/openapi.json': documentOf(mounts),
    '/docs':
      only && others.length === 0
        ? pageOf(only)
        : async ({ up }) => respond('text/html', indexPage(mounts, { up, hasSwaggerUi: swaggerUi !== null })),
    ...Object.fromEntries(
      mounts.flatMap((mount) => [
        [`/docs/${mount.api.name}`, pageOf(mount)],
        [`/docs/${mount.api.name}/openapi.json`, documentOf([mount])],
      ]),
    ),
    ...(swaggerUi !== null && {
      '/docs/start.js': async () => respond('text/javascript', START_SCRIPT),
      '/docs/swagger-ui.css': fileFrom(swaggerUi, 'swagger-ui.css', 'text/css'),
      '/docs/swagger-ui-bundle.js': fileFrom(swaggerUi, 'swagger-ui-bundle.js', 'text/javascript'),
    }),
  }
}

/** A file that is read on the first request and then kept in memory. */
function fileFrom(folder: string, name: string, type: string): () => Promise<HandlerResponse> {
  let text: Promise<string> | undefined
  return async () => respond(type, await (text ??= readFile(path.join(folder, name), 'utf8')))
}

function respond(type: string, body: string): HandlerResponse {
  return { status: 200, headers: { ...HEADERS, 'Content-Type': `${type}; charset=utf-8` }, body }
}
