import { z } from 'zod'
import { PageInput, pageRequest, toPage } from '../../../model/page.js'
import { requireUserId } from '../../pipeline/actor.js'
import { globalQuery } from '../../pipeline/query.js'

/** The caller's own tokens, newest first: with `live` those that have not expired. Never the token itself. */
export const listAccessTokens = globalQuery({
  input: PageInput.extend({ live: z.boolean().default(false) }).prefault({}),
  who: 'user',
  async run({ context, actor, read }, { live, ...input }) {
    const filter = { userId: requireUserId(actor), liveAt: live ? context.clock() : undefined }
    const rows = await read.accessTokens.list({ ...filter, page: pageRequest(input) })
    return toPage(
      input,
      rows,
      ({ createdAt, id }) => ({ at: createdAt, id }),
      () => read.accessTokens.count(filter),
    )
  },
})
