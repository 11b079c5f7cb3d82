import { revalidated } from './entity-tag.js'
import type { HandlerRequest, HandlerResponse, RequestFacts } from './handler.js'

/** What a page may say of where it is. */
interface PagePlace {
  readonly mountPath: string
  /** The way to the mount, relative to the page: it holds wherever the host mounts the handler. */
  readonly up: string
}

/** Pages and their files, by path. Like any file they answer `GET` alone; other methods go on to the host. */
export type Pages = Readonly<Record<string, (place: PagePlace) => Promise<HandlerResponse>>>

/** The page of a path, `null` where there is none. */
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

/** `./` from `/docs`; one level for each further slash, a trailing one as well. */
function wayUp(path: string): string {
  return '../'.repeat(path.split('/').length - 2) || './'
}
