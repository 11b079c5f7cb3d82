import { z } from 'zod'
import { organizationQuery } from '../../pipeline/organization-query.js'

/** The organization, as its members see it. */
export const getOrganization = organizationQuery({
  input: z.undefined(),
  who: 'member',
  run: async ({ organization }) => organization,
})
