import { APIS, createApi, DEFAULT_APIS } from './apis.js'
import type { ApiName, OptionsByApi, MountedApi } from './apis.js'
import { checkApiOptions, checkHandlerOptions } from './check-options.js'
import type { RouterOptions } from './handler/api.js'
import { bindApi } from './handler/bind-api.js'
import type { Handler, HandlerResponse } from './handler/handler.js'
import { respondWithPage } from './handler/pages.js'
import type { Pages } from './handler/pages.js'
import { userManagementOf } from './options.js'
import type { ApiChoices, ApiOptions, HandlerOptions } from './options.js'
import { docsPages } from './openapi/docs-pages.js'

/**
 * All APIs, for any framework: a function from a request to a response, or to `null` for a path that no API has. Mounts
 * call it; `mount` is the function name that error messages show.
 *
 * @throws {TypeError} for an unknown option or API, or an invalid prefix.
 *
 * @example
 * const handler = createHandler({ tenancy })
 */
export function createHandler<Native = unknown>(
  options: HandlerOptions<Native>,
  mount = 'createHandler',
): Handler<Native> {
  checkHandlerOptions(mount, options)
  const { apis = DEFAULT_APIS, docs = true, ...rest } = options
  const general = forAnyRequest(rest)
  const mounted = Object.entries(apis).flatMap(([key, choice]) => {
    // Checked above: each key is the name of an API, with the options of that API.
    const name = key as ApiName
    return choice === undefined ? [] : [choose(name, choice, general)]
  })
  return serveApis(mounted, docs ? docsPages(mounted) : {}, general)
}

/**
 * A single API at the handler's base path. Its own options are next to the general ones.
 *
 * @example
 * const handler = createApiHandler('teams', { tenancy, runCanvas })
 */
export function createApiHandler<Name extends ApiName, Native = unknown>(
  name: Name,
  options: ApiOptions<Native> & OptionsByApi[Name],
  mount = 'createApiHandler',
): Handler<Native> {
  checkApiOptions(mount, name, options)
  const general = forAnyRequest<Native>(options)
  const api = createApi(name, options, partsOf('/', general))
  return serveApis([api], {}, general)
}

function choose(name: ApiName, choice: ApiChoices[ApiName], general: ApiOptions): MountedApi {
  const { prefix = APIS[name].prefix, ...own } = choice === true || choice === undefined ? {} : choice
  return createApi(name, own, partsOf(prefix, general))
}

function partsOf(prefix: string, options: ApiOptions) {
  const { publicUrl, tenancy } = options
  return { prefix, publicUrl, userManagement: userManagementOf(options), tenancy }
}

/** Pages are matched first: no API has a route at the path of a page. */
function serveApis(mounted: readonly MountedApi[], docs: Pages, options: RouterOptions): Handler {
  const pages = Object.assign({}, docs, ...mounted.map((one) => one.pages)) as Pages
  const bound = mounted.map(({ prefix, api }) => ({
    prefix: prefix.replace(/\/$/, ''),
    respond: bindApi(api, options),
  }))
  return async (request, facts): Promise<HandlerResponse | null> => {
    const [path = ''] = request.url.split('?', 1)
    const page = await respondWithPage(pages, path, { request, facts })
    if (page) return page
    for (const { prefix, respond } of bound) {
      if (!path.startsWith(`${prefix}/`)) continue
      const response = respond(path.slice(prefix.length), { request, facts, prefix })
      if (response) return response
    }
    return null
  }
}

/** The type of the native request is needed only by the host's `authenticate`, so it is erased here. */
function forAnyRequest<Native>(options: ApiOptions<Native>): ApiOptions {
  const { authenticate, ...rest } = options
  return authenticate ? { ...rest, authenticate: (native) => authenticate(native as Native) } : rest
}
