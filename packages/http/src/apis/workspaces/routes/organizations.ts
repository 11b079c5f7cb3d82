import { z } from 'zod'
import { WireId } from '../../../handler/fields.js'
import { defineRoute, Reply } from '../../../handler/route.js'
import { exportLines } from '../export-responses.js'

const TYPE = 'application/x-ndjson'

const exportOrganization = defineRoute({
  method: 'GET',
  path: '/organizations/{org_id}/export',
  summary:
    'Everything an organization holds, one JSON record a line. The last is a manifest: how many there are of each kind, and the SHA-256 of the lines before it. For its admins',
  tag: 'Organizations',
  params: z.strictObject({ org_id: WireId }),
  response: [TYPE],
  run: async ({ as, params: { org_id } }) =>
    new Reply(exportLines(as.organization(org_id).export()), {
      headers: { 'Content-Type': TYPE, 'Content-Disposition': 'attachment; filename="organization.ndjson"' },
    }),
})

export const organizationRoutes = [exportOrganization]
