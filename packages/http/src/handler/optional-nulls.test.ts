import { memoryStorage } from '@tenantry/core'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { ApiName } from '../apis.js'
import { exampleIn } from '../testing/api-client.js'
import { APIS_UNDER_TEST } from '../testing/apis-under-test.js'
import { createScenario } from '../testing/scenario.js'
import type { Scenario } from '../testing/scenario.js'
import { withoutNulls } from './without-nulls.js'

let scenario: Scenario
afterEach(() => scenario.close())

/** The fields that a body need not have. */
function optionalOf(schema: unknown): readonly string[] {
  if (!(schema instanceof z.ZodObject)) return []
  return Object.entries<z.ZodType>(schema.shape).flatMap(([name, field]) =>
    field.safeParse(undefined).success ? [name] : [],
  )
}

const rows = Object.entries(APIS_UNDER_TEST).flatMap(([name, { client }]) =>
  [...client.routes]
    .filter(([, { method, upload, closed }]) => method !== 'GET' && !upload && !closed)
    .map(([key]): [string, ApiName] => [key, name as ApiName]),
)

describe('a body with `null` for optional fields and undeclared fields', () => {
  it.each(rows)('is accepted by %s of %s like a body without them', async (key, name) => {
    const { client, examples } = APIS_UNDER_TEST[name]
    scenario = await createScenario(memoryStorage())
    const route = client.routes.get(key)
    const request = await exampleIn(examples, scenario, key)
    const body = {
      ...Object.fromEntries(optionalOf(route?.body).map((field) => [field, null])),
      theme: { dark: true },
      ...Object(request.body),
    }
    const response = await client.ask(scenario, key, { ...request, body })
    expect({ status: response.status, text: response.text }).toMatchObject({ status: route?.status ?? 200 })
  })

  it('keeps `null` in required, nullable and undeclared fields', async () => {
    scenario = await createScenario(memoryStorage())
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
