import type { Resource } from '@tenantry/core'
import { z } from 'zod'
import { queryInteger } from '../../http/fields.js'
import { defineRoute } from '../../http/route.js'
import type { Call } from '../../http/route.js'
import { SAMPLE } from '../../http/sample.js'
import { answerOf, Canvas, CanvasListed, Done, done } from '../answers.js'
import { AnyId, firstKnown, inSameForm } from '../ids.js'
import { presentCanvas, presentListedCanvas } from '../present.js'
import { TYPE } from './canvas-type.js'

const tag = 'Canvases'

const Title = z.string().max(1000)
const Dsl = z.union([z.record(z.string(), z.unknown()), z.string()])

/** Who sees a canvas, and what it is called. */
const fields = {
  title: Title.optional(),
  description: z.string().max(2000).optional(),
  permission: z.enum(['me', 'team']).optional(),
  shared_tenant_id: AnyId.nullish(),
}
const Given = z.strictObject({ ...fields, dsl: Dsl.optional() })

/** Writes with the fields in the core's words. The team may be named in any form. */
function withFields<Result>(
  { title, description, permission, shared_tenant_id, dsl }: z.output<typeof Given>,
  write: (given: {
    readonly name?: string | undefined
    readonly attributes?: Resource['attributes'] | undefined
    readonly visibility?: 'private' | 'tenant' | undefined
    readonly tenantId?: string | undefined
  }) => Promise<Result>,
): Promise<Result> {
  const named = Object.entries({ dsl, description }).filter(([, value]) => value !== undefined)
  // What came as JSON is JSON.
  const attributes = Object.fromEntries(named) as Resource['attributes']
  const given = {
    name: title,
    attributes: named.length === 0 ? undefined : attributes,
    visibility: permission && ({ me: 'private', team: 'tenant' } as const)[permission],
  }
  if (!shared_tenant_id) return write(given)
  return firstKnown(shared_tenant_id, 'tenant_not_found', (tenantId) => write({ ...given, tenantId }))
}

function update(
  { as }: Pick<Call, 'as'>,
  forms: z.output<typeof AnyId>,
  given: z.output<typeof Given>,
): Promise<Resource> {
  return firstKnown(forms, 'resource_not_found', (id) =>
    withFields(given, (changes) => as.resources.update({ type: TYPE, id, ...changes })),
  )
}

const getCanvas = defineRoute({
  method: 'GET',
  path: '/canvas/get/{canvas_id}',
  summary: 'A canvas of one’s own, or of a team in which one may read them',
  tag,
  params: z.strictObject({ canvas_id: AnyId }),
  answer: answerOf(Canvas),
  async run({ as, params }) {
    const get = (id: string) => as.resources.get({ type: TYPE, id })
    return done(presentCanvas(await firstKnown(params.canvas_id, 'resource_not_found', get)))
  },
})

const listCanvases = defineRoute({
  method: 'GET',
  path: '/canvas/list',
  summary: 'One’s own canvases, and those of teams that one may read, newest first',
  tag,
  query: z.strictObject({
    page: queryInteger({ maximum: 1_000_000, fallback: 1 }),
    page_size: queryInteger({ maximum: 100, fallback: 30 }),
    keywords: z.string().max(200).describe('Part of a title').optional(),
  }),
  answer: answerOf(z.object({ canvases: z.array(CanvasListed), total: z.int() })),
  async run({ as, query: { page, page_size: limit, keywords: keyword } }) {
    const { items, total = 0 } = await as.resources.list({ type: TYPE, page, limit, keyword })
    return done({ canvases: items.map(presentListedCanvas), total })
  },
})

const setCanvas = defineRoute({
  method: 'POST',
  path: '/canvas/set',
  summary: 'Make a canvas, or change one that is named by its id',
  tag,
  body: Given.extend({ id: AnyId.optional() }).refine(({ id, title }) => id !== undefined || title !== undefined, {
    path: ['title'],
    message: 'is needed for a new canvas',
  }),
  example: { title: 'Plan', dsl: { graph: {} }, permission: 'me', description: 'Mine' },
  answer: answerOf(Canvas),
  async run(call) {
    const { id, title = '', ...given } = call.body
    if (id !== undefined) return done(presentCanvas(await update(call, id, { ...given, title: call.body.title })))
    const create = await withFields(given, (changes) =>
      call.as.resources.create({ type: TYPE, ...changes, name: title }),
    )
    return done(presentCanvas(create))
  },
})

const changeSetting = defineRoute({
  method: 'POST',
  path: '/canvas/setting',
  summary: 'Change what a canvas is called; its owner alone changes who sees it',
  tag,
  body: z.strictObject({ ...fields, id: AnyId }),
  example: { id: SAMPLE.id, title: 'Better plan' },
  answer: answerOf(Canvas),
  async run(call) {
    const { id, ...given } = call.body
    return done(presentCanvas(await update(call, id, given)))
  },
})

const removeCanvases = defineRoute({
  method: 'POST',
  path: '/canvas/rm',
  summary: 'Delete canvases, all of them or none',
  tag,
  body: z.strictObject({ canvas_ids: z.array(AnyId).min(1).max(100) }),
  example: { canvas_ids: [SAMPLE.id] },
  answer: Done,
  async run({ as, body }) {
    const remove = (ids: readonly string[]) => as.resources.delete({ type: TYPE, ids: [...ids] })
    await firstKnown(inSameForm(body.canvas_ids), 'resource_not_found', remove)
    return done(true as const)
  },
})

/** What a run leaves in a canvas. */
const LEFT_BY_RUNS = ['history', 'messages', 'path', 'reference', 'retrieval']

const resetCanvas = defineRoute({
  method: 'POST',
  path: '/canvas/reset',
  summary: 'Empty what runs have left in a canvas',
  tag,
  body: z.strictObject({ id: AnyId }),
  example: { id: SAMPLE.id },
  answer: answerOf(Canvas),
  async run(call) {
    const canvas = await update(call, call.body.id, {})
    const { dsl } = canvas.attributes
    if (typeof dsl !== 'object' || dsl === null || Array.isArray(dsl)) return done(presentCanvas(canvas))
    const clean = Object.fromEntries(
      Object.entries(dsl).map(([name, value]) => [name, LEFT_BY_RUNS.includes(name) ? [] : value]),
    )
    return done(presentCanvas(await update(call, [canvas.id, canvas.id, canvas.id], { dsl: clean })))
  },
})

export const canvasRoutes = [getCanvas, listCanvases, setCanvas, changeSetting, removeCanvases, resetCanvas]
