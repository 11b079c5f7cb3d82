import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { MemberMetadata } from '../../../model/membership.js'
import type { Context } from '../../pipeline/context.js'
import { parseInput } from '../../pipeline/parse-input.js'

/** What is given for a membership, as it is kept: checked by the host's schema, then held to JSON and to its bounds. */
export function metadataOf({ memberMetadata }: Pick<Context, 'memberMetadata'>, given: unknown): MemberMetadata | null {
  if (given === undefined || given === null) return null
  if (!memberMetadata) throw refused('metadata', 'needs a schema: createTenancy({ memberMetadata })')
  const checked = memberMetadata.safeParse(given)
  if (checked.success) return parseInput(z.object({ metadata: MemberMetadata }), { metadata: checked.data }).metadata
  const [issue] = checked.error.issues
  const field = ['metadata', ...(issue?.path ?? [])].map(String).join('.').slice(0, 150)
  throw refused(field, issue?.message ?? 'does not fit')
}

function refused(field: string, problem: string): TenancyError {
  return new TenancyError('invalid_input', `${field}: ${problem}`, { field })
}

/** The names of what differs, without what it says: metadata may be personal, and events are read by many. */
export function changedKeys(from: MemberMetadata | null, to: MemberMetadata | null): readonly string[] {
  const keys = new Set([...Object.keys(from ?? {}), ...Object.keys(to ?? {})])
  return [...keys].filter((key) => JSON.stringify(from?.[key]) !== JSON.stringify(to?.[key]))
}
