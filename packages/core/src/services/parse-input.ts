import { type z } from 'zod'
import { TenancyError } from '../errors.js'

/** Names of fields come from outside; the message repeats no more of them than this. */
const LONGEST_FIELD = 150

/** Reads a use case's input. The error names the first bad field. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const unknownField = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const field = [...(issue?.path ?? []), ...(unknownField === undefined ? [] : [unknownField])]
    .join('.')
    .slice(0, LONGEST_FIELD)
  const problem = unknownField === undefined ? (issue?.message ?? 'does not fit') : 'is not a field of this input'
  const isEmail = issue?.code === 'custom' && issue.params?.['code'] === 'invalid_email'
  throw new TenancyError(isEmail ? 'invalid_email' : 'invalid_input', `${field || 'input'}: ${problem}`, { field })
}
