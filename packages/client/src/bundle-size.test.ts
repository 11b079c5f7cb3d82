import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

const KB = 1000

/** What a page pays for `code`: bundled for browsers, minified and compressed, in bytes. */
async function bundled(code: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: path.join(import.meta.dirname, '..'), loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    // A module of Node does not resolve there.
    platform: 'browser',
    target: 'es2022',
    write: false,
  })
  return outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents).byteLength, 0)
}

describe('a browser bundle', () => {
  it.each([
    ['createConsoleClient', 3.5 * KB],
    ['createTenancyClient', 6 * KB],
  ])('of %s has at most %d bytes', async (name, limit) => {
    const bytes = await bundled(`export { ${name} } from './src/index.js'`)
    expect(bytes).toBeLessThanOrEqual(limit)
    // Far below it, the limit holds nothing.
    expect(bytes).toBeGreaterThan(limit / 2)
  })
})
