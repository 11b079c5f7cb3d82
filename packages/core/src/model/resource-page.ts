import { z } from 'zod'
import { Id, Keyword, text } from './id.js'
import { fromCursor, PageInput, toCursor } from './page.js'
import type { Resource } from './resource.js'

/** What a list of resources is in the order of; the name in lower case. */
const ResourceOrder = z.enum(['name', 'created', 'updated', 'active', 'size'])
type ResourceOrder = z.infer<typeof ResourceOrder>

/** Where a page ended. A cursor of one order says nothing in another. */
const Place = z.union([
  z.object({ by: z.literal('name'), at: text(1000), id: Id }),
  z.object({ by: ResourceOrder.exclude(['name']), at: z.int(), id: Id }),
])

const KEYS: Readonly<Record<ResourceOrder, (resource: Resource) => number | string>> = {
  name: ({ name }) => name.toLowerCase(),
  created: ({ createdAt }) => createdAt,
  updated: ({ updatedAt }) => updatedAt,
  active: ({ activeAt }) => activeAt,
  size: ({ sizeBytes }) => sizeBytes,
}

/** What a list of resources is asked for: one type, whose, in which order, and the page in it. Newest first by default. */
export const ResourceListInput = PageInput.omit({ cursor: true })
  .extend({
    type: z.string(),
    filter: z.enum(['all', 'own', 'shared']).default('all'),
    keyword: Keyword.optional(),
    orderBy: ResourceOrder.default('created'),
    direction: z.enum(['asc', 'desc']).default('desc'),
    cursor: z.string().max(6000).optional(),
  })
  .transform(({ cursor, ...input }, context) => {
    if (cursor === undefined) return { ...input, after: undefined }
    const place = Place.safeParse(fromCursor(cursor))
    if (place.success && place.data.by === input.orderBy)
      return { ...input, after: { at: place.data.at, id: place.data.id } }
    context.addIssue({ code: 'custom', path: ['cursor'], message: 'must be a cursor from the page before' })
    return z.NEVER
  })

/** The text form of a resource's place in an order, safe in a URL. */
export function cursorOf(by: ResourceOrder, resource: Resource): string {
  return toCursor({ by, at: KEYS[by](resource), id: resource.id })
}
