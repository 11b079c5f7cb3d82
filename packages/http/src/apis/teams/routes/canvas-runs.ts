import type { Actor, Resource } from '@tenantry/core'
import { z } from 'zod'
import { defineRoute } from '../../../handler/route.js'
import { SAMPLE } from '../../../handler/sample.js'
import { answerOf, done, refused } from '../schemas.js'
import { AnyId, firstKnown } from '../ids.js'
import { TYPE } from './canvas-type.js'

/** Runs a canvas that the caller may read. The result is sent to the caller as JSON. The host implements this. */
export type RunCanvas = (run: {
  readonly kind: 'completion' | 'debug'
  readonly canvas: Resource
  /** The fields of the request other than the ID. */
  readonly input: Readonly<Record<string, unknown>>
  readonly actor: Actor
}) => unknown

/** The host runs canvases. */
export function canvasRunRoutes({ runCanvas }: { readonly runCanvas: RunCanvas | undefined }) {
  const runRoute = (kind: 'completion' | 'debug', summary: string) =>
    defineRoute({
      method: 'POST',
      path: `/canvas/${kind}`,
      summary,
      tag: 'Canvases',
      body: z.looseObject({ id: AnyId }),
      example: { id: SAMPLE.id },
      response: answerOf(z.unknown()),
      async run({ as, actor, body: { id: forms, ...input } }) {
        const get = (id: string) => as.resources.get({ type: TYPE, id })
        const canvas = await firstKnown(forms, 'resource_not_found', get)
        if (!runCanvas) return refused({ status: 501, code: 103 }, 'This server runs no canvases')
        return done((await runCanvas({ kind, canvas, input, actor })) ?? null)
      },
    })
  return [runRoute('completion', 'Run a canvas'), runRoute('debug', 'Run a part of a canvas, to look at it')]
}
