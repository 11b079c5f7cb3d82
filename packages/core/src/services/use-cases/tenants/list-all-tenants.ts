import { PageInput, pageRequest, toPage } from '../../../model/page.js'
import { globalQuery } from '../../pipeline/query.js'

/** Every tenant of the installation that is not deleted, newest first. For operators. */
export const listAllTenants = globalQuery({
  input: PageInput.prefault({}),
  who: 'operator',
  async run({ read }, input) {
    const rows = await read.tenants.listAll({ page: pageRequest(input) })
    return toPage(
      input,
      rows,
      ({ createdAt, id }) => ({ at: createdAt, id }),
      () => read.tenants.countAll(),
    )
  },
})
