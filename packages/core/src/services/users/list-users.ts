import { text } from '../../model/id.js'
import { PageInput, pageRequest, toPage } from '../../model/page.js'
import { directoryQuery } from '../query.js'

/** Every account of the installation that is not deleted, oldest first; `keyword` is part of a name or address. For operators. */
export const listUsers = directoryQuery({
  input: PageInput.extend({ keyword: text(200).optional() }).prefault({}),
  who: 'operator',
  async run({ read }, { keyword, ...page }) {
    const filter = { keyword: keyword === '' ? undefined : keyword }
    const rows = await read.users.list({ ...filter, page: pageRequest(page) })
    return toPage(
      page,
      rows,
      ({ createdAt, id }) => ({ at: createdAt, id }),
      () => read.users.count(filter),
    )
  },
})
