import { z } from 'zod'
import { queryInteger } from '../../../handler/fields.js'
import { defineRoute } from '../../../handler/route.js'
import { SAMPLE } from '../../../handler/sample.js'
import { answerOf, Canvas, CanvasListed, Done, done } from '../schemas.js'
import { AnyId, firstKnown, inSameForm } from '../ids.js'
import { toCanvasResponse, toListedCanvasResponse } from '../responses.js'
import { canvasBody, Dsl, updateCanvas, withChanges } from './canvas-fields.js'
import type { CanvasChanges } from './canvas-fields.js'
import { resetCanvas } from './canvas-reset.js'
import { TYPE } from './canvas-type.js'

const tag = 'Canvases'

const getCanvas = defineRoute({
  method: 'GET',
  path: '/canvas/get/{canvas_id}',
  summary: 'A canvas of one’s own, or of a team in which one may read them',
  tag,
  params: z.strictObject({ canvas_id: AnyId }),
  response: answerOf(Canvas),
  async run({ as, params }) {
    const get = (id: string) => as.resources.get({ type: TYPE, id })
    return done(toCanvasResponse(await firstKnown(params.canvas_id, 'resource_not_found', get)))
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
    keywords: z.string().max(1000).describe('Part of a title').optional(),
  }),
  response: answerOf(z.object({ canvases: z.array(CanvasListed), total: z.int() })),
  async run({ as, query: { page, page_size: limit, keywords: keyword } }) {
    const { items, total = 0 } = await as.resources.list({ type: TYPE, page, limit, keyword })
    return done({ canvases: items.map(toListedCanvasResponse), total })
  },
})

const setCanvas = defineRoute({
  method: 'POST',
  path: '/canvas/set',
  summary: 'Create a canvas, or update the one with the given ID',
  tag,
  body: canvasBody({ id: AnyId.optional(), dsl: Dsl.optional() }).refine(
    ({ id, title }) => id !== undefined || title !== undefined,
    { path: ['title'], message: 'is needed for a new canvas' },
  ),
  example: { title: 'Plan', dsl: { graph: {} }, permission: 'me', description: 'Mine' },
  response: answerOf(Canvas),
  async run(call) {
    const { id, ...given } = call.body
    if (id !== undefined) return done(toCanvasResponse(await updateCanvas(call, id, given)))
    const create = ({ name = '', ...fields }: CanvasChanges) =>
      call.as.resources.create({ type: TYPE, ...fields, name })
    return done(toCanvasResponse(await withChanges(given, create)))
  },
})

const changeSetting = defineRoute({
  method: 'POST',
  path: '/canvas/setting',
  summary: 'Change what a canvas is called; its owner alone changes who sees it',
  tag,
  body: canvasBody({ id: AnyId }),
  example: { id: SAMPLE.id, title: 'Better plan' },
  response: answerOf(Canvas),
  async run(call) {
    const { id, ...given } = call.body
    return done(toCanvasResponse(await updateCanvas(call, id, given)))
  },
})

const removeCanvases = defineRoute({
  method: 'POST',
  path: '/canvas/rm',
  summary: 'Delete canvases, all of them or none',
  tag,
  body: z.strictObject({ canvas_ids: z.array(AnyId).min(1).max(100) }),
  example: { canvas_ids: [SAMPLE.id] },
  response: Done,
  async run({ as, body }) {
    const remove = (ids: readonly string[]) => as.resources.delete({ type: TYPE, ids: [...ids] })
    await firstKnown(inSameForm(body.canvas_ids), 'resource_not_found', remove)
    return done(true as const)
  },
})

export const canvasRoutes = [getCanvas, listCanvases, setCanvas, changeSetting, removeCanvases, resetCanvas]
