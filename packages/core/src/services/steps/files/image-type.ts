import { beginsLikeSvg } from './svg-start.js'

const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** All that is looked at, however large an image is. The first tag of an SVG ends long before. */
const HEAD_BYTES = 16 * 1024

/**
 * What an image is by its content (PNG: ISO/IEC 15948, 5.2; SVG: its first tag): its media type, or `null` for anything
 * else. Only the first 16 KiB are read, once.
 */
export function imageType(bytes: Uint8Array): 'image/png' | 'image/svg+xml' | null {
  if (PNG_SIGNATURE.every((byte, at) => bytes[at] === byte)) return 'image/png'
  const head = textOf(bytes.subarray(0, HEAD_BYTES))
  return head !== null && beginsLikeSvg(head) ? 'image/svg+xml' : null
}

/** `null` for what is not UTF-8. The last character may be cut off. */
function textOf(head: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
  } catch {
    return null
  }
}
