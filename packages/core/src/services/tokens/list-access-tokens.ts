import { PageInput, pageRequest, toPage } from '../../model/page.js'
import { requireUserId } from '../actor.js'
import { directoryQuery } from '../query.js'

/** The caller's own tokens, newest first, expired ones included. Never the token itself. */
export const listAccessTokens = directoryQuery({
  input: PageInput.prefault({}),
  who: 'user',
  async run({ actor, read }, input) {
    const userId = requireUserId(actor)
    const rows = await read.accessTokens.list({ userId, page: pageRequest(input) })
    return toPage(
      input,
      rows,
      ({ createdAt, id }) => ({ at: createdAt, id }),
      () => read.accessTokens.count(userId),
    )
  },
})
