import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { Bytes } from '../../../model/stored-file.js'
import { tenantCommand } from '../../pipeline/command.js'
import type { TenantScope } from '../../pipeline/command.js'
import { parseInput } from '../../pipeline/parse-input.js'
import { tenantQuery } from '../../pipeline/query.js'
import { imageType } from '../../steps/files/image-type.js'

const LIMIT_BYTES = 10 * 1024 * 1024

const input = z.strictObject({
  /** The key of a setting that `imageSetting()` made. */
  setting: z.string(),
  bytes: Bytes,
})

/**
 * Keeps an SVG or PNG, at most 10 MiB, as an image that the setting may name by `update({ settings: { [setting]: id } })`.
 * Uploads for the same setting that it never named are deleted.
 */
export async function uploadImage(scope: TenantScope, raw: z.input<typeof input>) {
  const { setting, bytes } = parseInput(input, raw)
  // Only who may keep an image is worth the work of reading one, and no lock is held meanwhile.
  await mayUpload(scope, undefined)
  if (!scope.context.settings.images.includes(setting))
    throw new TenancyError('invalid_input', 'setting: is not a setting that names an image', { field: 'setting' })
  if (bytes.byteLength > LIMIT_BYTES) {
    throw new TenancyError('file_too_large', 'An image has at most 10 MiB', { limitBytes: LIMIT_BYTES })
  }
  const contentType = imageType(bytes)
  if (!contentType) throw new TenancyError('unsupported_file_type', 'The image must be an SVG or a PNG', {})
  return keep(scope, { setting, bytes, contentType })
}

const mayUpload = tenantQuery({ input: z.undefined(), permission: 'tenant:update', run: async () => undefined })

const keep = tenantCommand({
  input: input.extend({ contentType: z.string() }),
  permission: 'tenant:update',
  async run({ context, tx, tenant, now }, { setting, bytes, contentType }) {
    const id = context.newId()
    const inUse = tenant.settings[setting]
    const used = typeof inUse === 'string' ? [inUse] : []
    await tx.files.deleteOthers({ tenantId: tenant.id, purpose: setting, keep: used })
    await tx.files.insert({ tenantId: tenant.id, id, purpose: setting, contentType, bytes, createdAt: now })
    return {
      result: { id, contentType },
      events: [
        {
          type: 'tenant.image_uploaded',
          target: { type: 'file', id },
          data: { setting, contentType, sizeBytes: bytes.byteLength },
        },
      ],
    }
  },
})
