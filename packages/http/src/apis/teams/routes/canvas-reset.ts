import { isTenancyError, versionOf } from '@tenantry/core'
import type { UserClient, Resource } from '@tenantry/core'
import { z } from 'zod'
import { defineRoute } from '../../../handler/route.js'
import { SAMPLE } from '../../../handler/sample.js'
import { answerOf, Canvas, done } from '../schemas.js'
import { AnyId, firstKnown } from '../ids.js'
import { toCanvasResponse } from '../responses.js'
import { TYPE } from './canvas-type.js'

/** The fields that a run sets in a canvas. */
const LEFT_BY_RUNS = ['history', 'messages', 'path', 'reference', 'retrieval']

/** The number of attempts before concurrent writes cause a conflict. */
const ATTEMPTS = 10

export const resetCanvas = defineRoute({
  method: 'POST',
  path: '/canvas/reset',
  summary: 'Empty what runs have left in a canvas',
  tag: 'Canvases',
  body: z.strictObject({ id: AnyId }),
  example: { id: SAMPLE.id },
  response: answerOf(Canvas),
  async run({ as, body }) {
    const touch = (id: string) => as.resources.update({ type: TYPE, id })
    const canvas = await firstKnown(body.id, 'resource_not_found', touch)
    return done(toCanvasResponse(await emptied(as, canvas)))
  },
})

/** Writes only if the canvas is unchanged since it was read, so that no concurrent change is lost. */
async function emptied(as: UserClient, canvas: Resource, attempts = ATTEMPTS): Promise<Resource> {
  const { id, attributes } = canvas
  const { dsl } = attributes
  if (typeof dsl !== 'object' || dsl === null || Array.isArray(dsl)) return canvas
  const clean = Object.fromEntries(
    Object.entries(dsl).map(([name, value]) => [name, LEFT_BY_RUNS.includes(name) ? [] : value]),
  )
  try {
    return await as.resources.update({
      type: TYPE,
      id,
      attributes: { dsl: clean },
      ifVersion: versionOf.resource(canvas),
    })
  } catch (error) {
    if (attempts === 1 || !isTenancyError(error, 'version_mismatch')) throw error
    return emptied(as, await as.resources.get({ type: TYPE, id }), attempts - 1)
  }
}
