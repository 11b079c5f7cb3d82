import { memoryStorage } from '@tenantry/core'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { SurfaceName } from '../surfaces.js'
import { exampleIn } from '../testing/surface-client.js'
import { SURFACES_UNDER_TEST } from '../testing/surfaces-under-test.js'
import { createWorld } from '../testing/world.js'
import type { World } from '../testing/world.js'
import { withoutNulls } from './without-nulls.js'

let world: World
afterEach(() => world.close())

/** The fields that a body need not have. */
function optionalOf(schema: unknown): readonly string[] {
  if (!(schema instanceof z.ZodObject)) return []
  return Object.entries<z.ZodType>(schema.shape).flatMap(([name, field]) =>
    field.safeParse(undefined).success ? [name] : [],
  )
}

const rows = Object.entries(SURFACES_UNDER_TEST).flatMap(([name, { client }]) =>
  [...client.routes]
    .filter(([, { method, upload, closed }]) => method !== 'GET' && !upload && !closed)
    .map(([key]): [string, SurfaceName] => [key, name as SurfaceName]),
)

describe('a body with `null` for what is optional, and more than is needed', () => {
  it.each(rows)('is taken by %s of %s like one without it', async (key, name) => {
    const { client, examples } = SURFACES_UNDER_TEST[name]
    world = await createWorld(memoryStorage())
    const route = client.routes.get(key)
    const request = await exampleIn(examples, world, key)
    const body = {
      ...Object.fromEntries(optionalOf(route?.body).map((field) => [field, null])),
      theme: { dark: true },
      ...Object(request.body),
    }
    const answer = await client.ask(world, key, { ...request, body })
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: route?.status ?? 200 })
  })

  it('keeps it where it is needed, means something, or is not declared', async () => {
    world = await createWorld(memoryStorage())
    const Row = z.looseObject({ name: z.string().optional(), at: z.int().default(1), needed: z.string() })
    const schema = z.object({
      rows: z.array(z.union([z.string(), Row])),
      meant: z.string().nullish(),
      free: z.unknown(),
    })
    const row = { name: null, at: null, needed: null, more: null }
    expect(withoutNulls(schema, { rows: ['a', row], meant: null, free: { a: null } })).toEqual({
      rows: ['a', { needed: null, more: null }],
      meant: null,
      free: { a: null },
    })
  })
})
