import { expect, it } from 'vitest'
import { z } from 'zod'
import type { ApiName } from '../apis.js'
import { slotsOf, withValue } from '../testing/slots.js'
import type { Slot } from '../testing/slots.js'
import { APIS_UNDER_TEST } from '../testing/apis-under-test.js'
import type { Route } from './route.js'

/** A hundred letters, each of which is four characters where a keyboard sends it decomposed. */
const COMPOSED = 'ᾂ'.repeat(100)
const DECOMPOSED = COMPOSED.normalize('NFD')

/** The names of things, which have no such letters, and the titles within a text, which is kept as it was typed. */
// prettier-ignore
const AS_SENT = [
  'actor', 'client_id', 'device_code', 'permission', 'permissions', 'role', 'steps.title', 'token', 'type', 'users.role',
  'llm_id', 'embd_id', 'asr_id', 'img2txt_id', 'rerank_id', 'tts_id',
  'checks.permission', 'clientId', 'deviceCode', 'members.role', 'members.roles', 'roles', 'targetType',
]

const NAMES = Object.keys(APIS_UNDER_TEST) as ApiName[]
const fields = NAMES.flatMap((name) =>
  [...APIS_UNDER_TEST[name].client.routes.values()].flatMap((route) =>
    slotsOf(route)
      .filter((slot) => takes(route, slot, COMPOSED))
      .map((slot) => ({ path: pathOf(slot), isTakenInBothForms: takes(route, slot, DECOMPOSED) })),
  ),
)

function pathOf([, ...path]: Slot): string {
  return path.filter((part) => typeof part === 'string').join('.')
}

function takes(route: Route, slot: Slot, text: string): boolean {
  const [place] = slot
  if (place !== 'body' && place !== 'query') return false
  const schema = route[place]
  const request = withValue({ as: null, body: route.example ?? {}, query: {} }, slot, text)
  return schema instanceof z.ZodType && schema.safeParse(request[place]).success
}

it('every text field with a limit of a hundred characters accepts both composed and decomposed text', () => {
  const inOneAlone = fields.filter(({ isTakenInBothForms }) => !isTakenInBothForms).map(({ path }) => path)
  expect(new Set(inOneAlone)).toEqual(new Set(AS_SENT))
  const all = fields.map(({ path }) => path)
  expect(all).toEqual(
    expect.arrayContaining(['name', 'displayName', 'nickname', 'keyword', 'keywords', 'title', 'key']),
  )
})
