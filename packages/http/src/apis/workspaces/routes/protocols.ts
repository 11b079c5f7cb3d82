import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { WireId } from '../../../handler/fields.js'
import { defineRoute } from '../../../handler/route.js'
import { pageOf, ProtocolInFormat, ProtocolInParts } from '../schemas.js'
import { toFormatResponse, toProtocolResponse } from '../protocol-responses.js'
import { askedPage, pageQuery, toPageResponse } from '../responses.js'

const tag = 'Protocols'
const type = 'protocol'
const path = '/workspaces/{workspace_id}/protocols'
const InWorkspace = z.strictObject({ workspace_id: WireId })
const OneProtocol = InWorkspace.extend({ protocol_id: WireId })
const content_format = z.enum(['json', 'html', 'markdown']).default('json')

/** Each text is Markdown. The core limits the lengths of title, labels and the whole protocol. */
const fields = {
  title: z.string().max(1000),
  description: z.string().max(100_000).optional(),
  steps: z
    .array(z.strictObject({ title: z.string().max(200).nullish(), text: z.string().max(100_000) }))
    .max(500)
    .optional(),
  categories: z.array(z.string().max(1000)).max(20).optional(),
  tags: z.array(z.string().max(1000)).max(20).optional(),
  visibility: z.enum(['workspace', 'private']).optional(),
}
type Fields = z.output<z.ZodObject<typeof fields>>

const ORDERS = { activity: 'active', created_on: 'created', modified_on: 'updated', name: 'name' } as const

const VISIBILITIES = { workspace: 'tenant', private: 'private' } as const

function contentFrom({ description = '', steps = [] }: Pick<Fields, 'description' | 'steps'>) {
  return { description, steps: steps.map(({ title, text }) => ({ title: title ?? null, text })) }
}

/** The fields that are present; `undefined` if there are none. */
function named<Value>(fields: Readonly<Record<string, Value | undefined>>): Record<string, Value> | undefined {
  const there = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
  return there.length > 0 ? Object.fromEntries(there) : undefined
}

const listProtocols = defineRoute({
  method: 'GET',
  path,
  summary: 'The protocols of a workspace that the caller may read',
  tag,
  params: InWorkspace,
  query: z.strictObject({
    ...pageQuery,
    filter: z.enum(['all', 'own', 'shared']).default('all'),
    key: z.string().max(1000).optional().describe('A part of the title'),
    order_field: z.enum(['activity', 'created_on', 'modified_on', 'name']).default('activity'),
    order_dir: z.enum(['desc', 'asc']).default('desc'),
    content_format,
  }),
  response: pageOf(ProtocolInFormat),
  async run({ enter, params: { workspace_id: tenantId }, query }) {
    const { filter, key: keyword, order_field, order_dir: direction, content_format: format } = query
    const order = { orderBy: ORDERS[order_field], direction }
    const found = await enter(tenantId).resources.list({ type, filter, keyword, ...order, ...askedPage(query) })
    const items: z.infer<typeof ProtocolInFormat>[] = []
    for (const protocol of found.items) {
      items.push(toFormatResponse(protocol, format))
      // A page can contain fifty long texts, so rendering yields to other requests after each.
      if (format === 'html') await setImmediate()
    }
    return toPageResponse(query, { ...found, items }, (protocol) => protocol)
  },
})

const createProtocol = defineRoute({
  method: 'POST',
  path,
  summary: 'Create a protocol, visible to the workspace unless it is private',
  tag,
  params: InWorkspace,
  status: 201,
  body: z.strictObject(fields),
  example: {
    title: 'Colony PCR',
    description: 'For *E. coli*.',
    steps: [{ title: 'Mix', text: '25 µl each' }],
    categories: ['Cloning'],
    tags: ['pcr'],
    visibility: 'workspace',
  },
  response: ProtocolInParts,
  async run({ enter, params: { workspace_id: tenantId }, body }) {
    const { title: name, categories = [], tags = [], visibility = 'workspace', ...content } = body
    const protocol = await enter(tenantId).resources.create({
      type,
      name,
      attributes: contentFrom(content),
      labels: { category: categories, tag: tags },
      visibility: VISIBILITIES[visibility],
    })
    return toProtocolResponse(protocol)
  },
})

const getProtocol = defineRoute({
  method: 'GET',
  path: `${path}/{protocol_id}`,
  summary: 'A protocol',
  tag,
  params: OneProtocol,
  query: z.strictObject({ content_format }),
  response: ProtocolInFormat,
  run: async ({ enter, params: { workspace_id: tenantId, protocol_id: id }, query }) =>
    toFormatResponse(await enter(tenantId).resources.get({ type, id }), query.content_format),
})

const updateProtocol = defineRoute({
  method: 'PUT',
  path: `${path}/{protocol_id}`,
  summary: 'Change what is named; the rest stays. Who sees it is its owner’s to say',
  tag,
  params: OneProtocol,
  body: z.strictObject({ ...fields, title: fields.title.optional() }),
  example: { description: 'For *E. coli* and yeast.', tags: ['pcr', 'yeast'] },
  response: ProtocolInParts,
  async run({ enter, params: { workspace_id: tenantId, protocol_id: id }, body }) {
    const { title: name, categories, tags, visibility, description, steps } = body
    const protocol = await enter(tenantId).resources.update({
      type,
      id,
      name,
      merge: true,
      attributes: named({ description, steps: steps && contentFrom({ steps }).steps }),
      labels: named({ category: categories, tag: tags }),
      visibility: visibility && VISIBILITIES[visibility],
    })
    return toProtocolResponse(protocol)
  },
})

const deleteProtocol = defineRoute({
  method: 'DELETE',
  path: `${path}/{protocol_id}`,
  summary: 'Remove a protocol for good, and what was said about it',
  tag,
  params: OneProtocol,
  status: 204,
  response: z.void(),
  async run({ enter, params: { workspace_id: tenantId, protocol_id: id } }) {
    await enter(tenantId).resources.delete({ type, id })
  },
})

export const protocolRoutes = [listProtocols, createProtocol, getProtocol, updateProtocol, deleteProtocol]
