import { z } from 'zod'
import { TenancyError } from '../../errors.js'
import { Id } from '../../model/id.js'
import { directoryQuery } from '../query.js'

/** The logo an active tenant shows to everybody. */
export const readLogo = directoryQuery({
  input: z.strictObject({ tenantId: Id }),
  who: 'anyone',
  async run({ read }, { tenantId }) {
    const tenant = await read.tenants.find(tenantId)
    const logoId = tenant?.status === 'active' ? tenant.settings['logoId'] : null
    const file = typeof logoId === 'string' ? await read.files.find({ tenantId, id: logoId }) : null
    if (!file) throw new TenancyError('file_not_found', 'No such file', {})
    return file
  },
})
