import { PageInput, pageRequest, toPage } from '../../model/page.js'
import { directoryQuery } from '../query.js'

/** Every tenant of the installation that is not deleted, newest first. For operators. */
export const listAllTenants = directoryQuery({
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
