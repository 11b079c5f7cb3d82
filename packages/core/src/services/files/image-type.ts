const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** What an image is by its content (PNG: ISO/IEC 15948, 5.2): its media type, or `null` for anything else. */
export async function imageType(bytes: Uint8Array): Promise<'image/png' | 'image/svg+xml' | null> {
  if (PNG_SIGNATURE.every((byte, at) => bytes[at] === byte)) return 'image/png'
  return (await isSvgText(bytes)) ? 'image/svg+xml' : null
}

async function isSvgText(bytes: Uint8Array): Promise<boolean> {
  // An XML parser is not worth loading before the first upload.
  const { default: isSvg } = await import('is-svg')
  try {
    return isSvg(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return false
  }
}
