import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { Slug } from '../../../model/tenant.js'
import type { Tenant } from '../../../model/tenant.js'
import { loadOperator } from '../../pipeline/enter-tenant.js'
import { globalQuery } from '../../pipeline/query.js'

/** A tenant by its id or by its slug, in whichever status; `null` for none. For operators. */
export const findTenant = globalQuery({
  input: z.union([z.strictObject({ id: Id }), z.strictObject({ slug: Slug })], 'needs either an id or a slug'),
  who: 'anyone',
  async run(step, named): Promise<Tenant | null> {
    const { read } = step
    await loadOperator(step, read)
    const id = 'id' in named ? named.id : await read.tenants.findIdBySlug(named.slug)
    return id === null ? null : read.tenants.find(id)
  },
})
