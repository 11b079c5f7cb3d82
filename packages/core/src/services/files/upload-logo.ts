import { z } from 'zod'
import { TenancyError } from '../../errors.js'
import { tenantCommand } from '../command.js'
import { imageType } from './image-type.js'

const LIMIT_BYTES = 10 * 1024 * 1024

/**
 * Keeps an SVG or PNG, at most 10 MiB, as a logo the tenant may take by `update({ settings: { logoId } })`. Uploads
 * that were never taken make room for the next.
 */
export const uploadLogo = tenantCommand({
  input: z.strictObject({ bytes: z.instanceof(Uint8Array) }),
  permission: 'tenant:update',
  async run({ context, tx, tenant, now }, { bytes }) {
    if (bytes.byteLength > LIMIT_BYTES) {
      throw new TenancyError('file_too_large', 'A logo has at most 10 MiB', { limitBytes: LIMIT_BYTES })
    }
    const contentType = await imageType(bytes)
    if (!contentType) throw new TenancyError('unsupported_file_type', 'A logo is an SVG or a PNG image', {})
    const id = context.newId()
    const { logoId } = tenant.settings
    const keep = typeof logoId === 'string' ? [logoId] : []
    await tx.files.deleteOthers({ tenantId: tenant.id, purpose: 'logo', keep })
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
