import { type z } from 'zod'
import { TenancyError } from '../../errors.js'
import { issueOf } from './issue-of.js'

/** Names of fields come from outside; the message repeats no more of them than this. */
const MAX_FIELD_LENGTH = 150

/** Reads a use case's input. The error names the first bad field. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = parse(schema, input)
  if (parsed.success) return parsed.data
  const { path, problem, params } = issueOf(parsed.error)
  const field = path.join('.').slice(0, MAX_FIELD_LENGTH)
  const code = params?.['code'] === 'invalid_email' ? 'invalid_email' : 'invalid_input'
  throw new TenancyError(code, field === '' ? problem : `${field}: ${problem}`, { field })
}

/** An input whose fields may all be left out may be left out itself. */
function parse<Schema extends z.ZodType>(schema: Schema, input: unknown) {
  const parsed = schema.safeParse(input)
  return parsed.success || input !== undefined ? parsed : schema.safeParse({})
}
