import { z } from 'zod'
import { TenancyError } from '../../errors.js'
import { Bytes } from '../../model/stored-file.js'
import { tenantCommand } from '../command.js'
import type { TenantScope } from '../command.js'
import { parseInput } from '../parse-input.js'
import { tenantQuery } from '../query.js'
import { imageType } from './image-type.js'

const LIMIT_BYTES = 10 * 1024 * 1024

const input = z.strictObject({ bytes: Bytes })

/**
 * Keeps an SVG or PNG, at most 10 MiB, as a logo the tenant may take by `update({ settings: { logoId } })`. Uploads
 * that were never taken make room for the next.
 */
export async function uploadLogo(scope: TenantScope, raw: z.input<typeof input>) {
  const { bytes } = parseInput(input, raw)
  // Only who may keep a logo is worth the work of reading one, and no lock is held meanwhile.
  await mayUpload(scope, undefined)
  if (bytes.byteLength > LIMIT_BYTES) {
    throw new TenancyError('file_too_large', 'A logo has at most 10 MiB', { limitBytes: LIMIT_BYTES })
  }
  const contentType = imageType(bytes)
  if (!contentType) throw new TenancyError('unsupported_file_type', 'A logo is an SVG or a PNG image', {})
  return keep(scope, { bytes, contentType })
}

const mayUpload = tenantQuery({ input: z.undefined(), permission: 'tenant:update', run: async () => undefined })

const keep = tenantCommand({
  input: input.extend({ contentType: z.string() }),
  permission: 'tenant:update',
  async run({ context, tx, tenant, now }, { bytes, contentType }) {
    const id = context.newId()
    const { logoId } = tenant.settings
    const used = typeof logoId === 'string' ? [logoId] : []
    await tx.files.deleteOthers({ tenantId: tenant.id, purpose: 'logo', keep: used })
    await tx.files.insert({ tenantId: tenant.id, id, purpose: 'logo', contentType, bytes, createdAt: now })
    return {
      result: { id, contentType },
      events: [
        {
          type: 'tenant.logo_uploaded',
          target: { type: 'file', id },
          data: { contentType, sizeBytes: bytes.byteLength },
        },
      ],
    }
  },
})
