import type { Resource } from '@tenantry/core'
import type { z } from 'zod'
import type * as responses from './schemas.js'
import { isoTime } from '../../handler/fields.js'
import { contentOf, toMarkdown } from './protocol-content.js'
import { renderMarkdown } from './render-markdown.js'

export type ContentFormat = 'json' | 'html' | 'markdown'

function toCommonFields(protocol: Resource) {
  return {
    id: protocol.id,
    title: protocol.name,
    categories: [...(protocol.labels['category'] ?? [])],
    tags: [...(protocol.labels['tag'] ?? [])],
    visibility: protocol.visibility === 'tenant' ? ('workspace' as const) : ('private' as const),
    owner_id: protocol.ownerId,
    created_on: isoTime(protocol.createdAt),
    modified_on: isoTime(protocol.updatedAt),
    last_activity_on: isoTime(protocol.activeAt),
  }
}

/** A protocol as structured parts. */
export function toProtocolResponse(protocol: Resource): z.infer<typeof responses.ProtocolInParts> {
  return { ...toCommonFields(protocol), content_format: 'json', ...contentOf(protocol) }
}

/** A protocol as structured parts, or as one text. */
export function toFormatResponse(
  protocol: Resource,
  format: ContentFormat,
): z.infer<typeof responses.ProtocolInFormat> {
  if (format === 'json') return toProtocolResponse(protocol)
  const content = toMarkdown(protocol)
  return {
    ...toCommonFields(protocol),
    content_format: format,
    content: format === 'html' ? renderMarkdown(content) : content,
  }
}
