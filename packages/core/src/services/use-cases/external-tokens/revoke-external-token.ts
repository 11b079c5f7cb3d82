import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { Id } from '../../../model/id.js'
import { parseInput } from '../../pipeline/parse-input.js'
import { retryWhenBusy } from '../../pipeline/retry.js'
import type { ExternalScope } from '../../steps/external-tokens/external-scope.js'

const input = z.strictObject({ tokenId: Id })

/** Ends one of the subject's own tokens at once. Another subject's is as unknown as none. */
export async function revokeExternalToken(
  { context, subject }: ExternalScope,
  raw: z.input<typeof input>,
): Promise<void> {
  const { tokenId: id } = parseInput(input, raw)
  const remove = () => context.storage.transaction({}, (tx) => tx.externalTokens.delete({ subject, id }))
  if (await retryWhenBusy(remove, context)) return
  throw new TenancyError('access_token_not_found', 'No such token', {})
}
