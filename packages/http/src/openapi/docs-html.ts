import escapeHtml from 'escape-html'
import type { Api } from '../handler/api.js'
import type { Mount } from './openapi-document.js'

/** The headers of every documentation page and file. */
export const HEADERS = {
  'Cache-Control': 'no-cache',
  'X-Content-Type-Options': 'nosniff',
  // Everything is loaded from the same origin. Swagger UI uses inline styles and `data:` icons.
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

/** Starts Swagger UI on the page of an API. */
export const START_SCRIPT = `const { document: url } = document.currentScript.dataset
SwaggerUIBundle({ url, dom_id: '#docs', deepLinking: true, persistAuthorization: false })
`

interface Place {
  /** The relative path from the page to the mount, which is correct wherever the host mounts the handler. */
  readonly up: string
  readonly hasSwaggerUi: boolean
}

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --muted: #777 }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1.25rem }
h1 { font-size: 1.75rem; margin: 0 0 1.5rem }
h2 { font-size: 1.1rem; margin: 0 }
article { border-top: 1px solid var(--line); padding: 1.1rem 0 }
p { margin: .35rem 0 }
code { font: .9em ui-monospace, monospace }
.muted { color: var(--muted) }
`

/** The page that lists the APIs. */
export function indexPage(mounts: readonly Mount[], { up, hasSwaggerUi }: Place): string {
  const articles = mounts.map(({ prefix, api }) => {
    const [summary = ''] = api.introduction.split('\n\n')
    return `<article>
<h2><a href="${up}docs/${api.name}">${api.title}</a></h2>
<p>${summary.replaceAll('\n', ' ')}</p>
<p class="muted">At <code>${escapeHtml(prefix)}</code> · ${api.routes.length} operations · <a href="${up}docs/${api.name}/openapi.json">OpenAPI document</a></p>
</article>`
  })
  return page(
    'APIs',
    `<style>${STYLE}</style>
<h1>APIs</h1>
${articles.join('\n')}
<p><a href="${up}openapi.json">One OpenAPI document of all of them</a></p>
${hasSwaggerUi ? '' : HOW_TO_INSTALL}`,
  )
}

const HOW_TO_INSTALL =
  '<p>To read and try the operations on these pages, install the optional peer dependency: <code>npm install swagger-ui-dist</code></p>'

/** The page on which developers read and try out an API. */
export function apiPage({ name, title, routes }: Api, { up, hasSwaggerUi }: Place): string {
  const document = `${up}docs/${name}/openapi.json`
  if (!hasSwaggerUi) {
    return page(
      title,
      `<style>${STYLE}</style>
<h1>${title}</h1>
<p>The <a href="${document}">OpenAPI document</a> describes its ${routes.length} operations.</p>
${HOW_TO_INSTALL}`,
    )
  }
  return page(
    title,
    `<link rel="stylesheet" href="${up}docs/swagger-ui.css">
<div id="docs"></div>
<script src="${up}docs/swagger-ui-bundle.js"></script>
<script src="${up}docs/start.js" data-document="${document}"></script>`,
  )
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${body}
</html>
`
}
