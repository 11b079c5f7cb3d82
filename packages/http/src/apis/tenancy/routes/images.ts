import { z } from 'zod'
import { WireId } from '../../../handler/fields.js'
import { Reply } from '../../../handler/route.js'
import { TenantParams, tenantRoute, toReference } from '../current-tenant.js'
import { created, CREATED_HEADERS, pathOf, row } from '../row.js'

const tag = 'Tenants'
const params = TenantParams.extend({
  setting: z.string().max(100).describe('The key of a setting that names an image'),
})

const uploadImage = tenantRoute({
  method: 'POST',
  path: '/tenants/{tenant}/images/{setting}',
  operationId: 'uploadImage',
  summary: 'Upload an image, SVG or PNG, that the setting may then name by its ID',
  tag,
  params,
  status: 201,
  upload: { part: 'file', limitBytes: 10 * 1024 * 1024 },
  response: z.object({ id: WireId, contentType: z.string() }),
  responseHeaders: CREATED_HEADERS,
  async run(call) {
    const { tenant, params, file } = call
    const image = await tenant.uploadImage({ setting: params.setting, bytes: file?.bytes ?? new Uint8Array() })
    return created(call, pathOf('tenants', params.tenant, 'images', params.setting), image)
  },
})

const readImage = row({
  method: 'GET',
  path: '/tenants/{tenant}/images/{setting}',
  operationId: 'readImage',
  summary: 'Read the image that a setting of an active tenant names; everybody may',
  tag,
  public: true,
  params,
  response: ['image/png', 'image/svg+xml'],
  async run({ as, params }) {
    const { bytes, contentType } = await as.tenants.readImage({
      ...toReference(params.tenant),
      setting: params.setting,
    })
    return new Reply(bytes, {
      headers: {
        'Content-Type': contentType,
        // If an SVG is opened directly, its scripts do not run and it loads nothing.
        'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        'Cache-Control': 'no-cache',
        'Cross-Origin-Resource-Policy': 'cross-origin',
      },
    })
  },
})

export const imageRoutes = [uploadImage, readImage]
