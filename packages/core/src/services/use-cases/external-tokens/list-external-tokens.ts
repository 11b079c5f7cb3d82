import type { z } from 'zod'
import type { ExternalToken } from '../../../model/external-token.js'
import { PageInput, pageRequest, toPage } from '../../../model/page.js'
import type { Page } from '../../../model/page.js'
import { parseInput } from '../../pipeline/parse-input.js'
import { retryWhenBusy } from '../../pipeline/retry.js'
import type { ExternalScope } from '../../steps/external-tokens/external-scope.js'

const input = PageInput.prefault({})

/** The subject's own live tokens, newest first. Never the token itself. */
export function listExternalTokens(
  { context, subject }: ExternalScope,
  raw: z.input<typeof input>,
): Promise<Page<ExternalToken>> {
  const given = parseInput(input, raw)
  const { externalTokens } = context.storage.read
  const filter = { subject, liveAt: context.clock() }
  return retryWhenBusy(
    async () =>
      toPage(
        given,
        await externalTokens.list({ ...filter, page: pageRequest(given) }),
        ({ createdAt, id }) => ({ at: createdAt, id }),
        () => externalTokens.count(filter),
      ),
    context,
  )
}
