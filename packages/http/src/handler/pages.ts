import { revalidated } from './entity-tag.js'
import type { HandlerRequest, HandlerResponse, RequestFacts } from './handler.js'

/** The context from which a page is rendered. */
interface PagePlace {
  readonly mountPath: string
  /** The relative path from the page to the mount, which is correct wherever the host mounts the handler. */
  readonly up: string
}

/** Pages and their files by path. They respond to GET and HEAD; other methods fall through to the host. */
export type Pages = Readonly<Record<string, (place: PagePlace) => Promise<HandlerResponse>>>

/** Returns the page at a path, or `null`. */
export async function respondWithPage(
  pages: Pages,
  path: string,
  { request, facts }: { readonly request: HandlerRequest; readonly facts: RequestFacts },
): Promise<HandlerResponse | null> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return null
  const name = path.replace(/\/$/, '')
  const page = Object.hasOwn(pages, name) ? pages[name] : undefined
  if (!page) return null
  return revalidated(request, await page({ mountPath: facts.mountPath, up: wayUp(path) }))
}

/** `./` from `/docs`, plus one level for each further slash, including a trailing one. */
function wayUp(path: string): string {
  return '../'.repeat(path.split('/').length - 2) || './'
}
