import { z } from 'zod'
import { jsonObject } from './json-object.js'

/** A name of the host's own in a tenant's chain. No type of ours begins with `app.`, now or later. */
export type HostName = `app.${string}`

const PATTERN = /^app(?:\.[a-z][a-z0-9_]{0,49}){1,4}$/

export const HostName = z.custom<HostName>(
  (value) => typeof value === 'string' && PATTERN.test(value),
  'must begin with "app.", followed by 1 to 4 names of a-z, 0-9 and _ with dots between',
)

/** What an event of the host says: a JSON object of at most 8 KiB as text, 8 levels deep. */
export const HostEventData = jsonObject({ kibibytes: 8, levels: 8 })
  .refine(
    (data) => !/\\u(?:0000|d[89a-f][0-9a-f]{2})/.test(JSON.stringify(data).replaceAll('\\\\', '')),
    'must be well-formed text without NUL',
  )
  .refine((data) => !Object.hasOwn(data, 'operator'), 'must not have "operator", which names who acted for a tenant')
