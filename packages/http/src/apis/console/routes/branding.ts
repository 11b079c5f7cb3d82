import { z } from 'zod'
import { WireId } from '../../../handler/fields.js'
import { defineRoute, Reply } from '../../../handler/route.js'
import { Success, SUCCESS, WorkspaceDetail } from '../schemas.js'
import { workspaceRoute } from '../current-workspace.js'
import { toDetailResponse } from '../responses.js'

const tag = 'Branding'

const LogoId = z.union([z.literal(''), WireId]).describe('An uploaded logo; an empty text for none')

const setCustomConfig = workspaceRoute({
  method: 'POST',
  path: '/workspaces/custom-config',
  summary: 'Change how the current workspace presents itself; what is absent stays',
  tag,
  body: z
    .strictObject({ remove_webapp_brand: z.boolean().optional(), replace_webapp_logo: LogoId.optional() })
    .refine((changes) => Object.values(changes).some((value) => value !== undefined), 'names nothing to change'),
  example: { remove_webapp_brand: true, replace_webapp_logo: '' },
  response: Success.extend({ tenant: WorkspaceDetail }),
  async run({ workspace, body }) {
    const settings = {
      ...(body.remove_webapp_brand === undefined ? {} : { removeBranding: body.remove_webapp_brand }),
      ...(body.replace_webapp_logo === undefined ? {} : { logoId: body.replace_webapp_logo || null }),
    }
    const { roles } = await workspace.access()
    return { ...SUCCESS, tenant: toDetailResponse(await workspace.update({ settings }), roles) }
  },
})

const uploadLogo = workspaceRoute({
  method: 'POST',
  path: '/workspaces/custom-config/webapp-logo/upload',
  summary: 'Upload a logo, SVG or PNG, that the custom configuration may then take',
  tag,
  status: 201,
  upload: { part: 'file', limitBytes: 10 * 1024 * 1024 },
  response: z.object({ id: WireId }),
  async run({ workspace, file }) {
    const { id } = await workspace.uploadImage({ setting: 'logoId', bytes: file?.bytes ?? new Uint8Array() })
    return { id }
  },
})

const readLogo = defineRoute({
  method: 'GET',
  path: '/files/workspaces/{workspace_id}/webapp-logo',
  summary: 'The logo of a workspace',
  tag,
  public: true,
  params: z.strictObject({ workspace_id: WireId }),
  response: ['image/png', 'image/svg+xml'],
  async run({ as, params }) {
    const { bytes, contentType } = await as.tenants.readImage({ tenantId: params.workspace_id, setting: 'logoId' })
    return new Reply(bytes, {
      headers: {
        'Content-Type': contentType,
        // Images are displayed with these headers. If an SVG is opened directly, its scripts do not run and it loads
        // nothing.
        'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        'Cache-Control': 'no-cache',
        'Cross-Origin-Resource-Policy': 'cross-origin',
      },
    })
  },
})

export const brandingRoutes = [setCustomConfig, uploadLogo, readLogo]
