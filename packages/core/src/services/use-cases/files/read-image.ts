import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { Id } from '../../../model/id.js'
import { globalQuery } from '../../pipeline/query.js'

/** The image that a setting of an active tenant names. Everybody may see it. */
export const readImage = globalQuery({
  input: z.strictObject({ tenantId: Id, setting: z.string() }),
  who: 'anyone',
  async run({ context, read }, { tenantId, setting }) {
    const tenant = context.settings.images.includes(setting) ? await read.tenants.find(tenantId) : null
    const id = tenant?.status === 'active' ? tenant.settings[setting] : null
    const file = typeof id === 'string' ? await read.files.find({ tenantId, id }) : null
    if (!file) throw new TenancyError('file_not_found', 'No such file', {})
    return file
  },
})
