import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const folder = path.join(import.meta.dirname, 'services/use-cases')
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.test)\.ts$/.test(file))

function functionNameOf(file: string): string {
  return path.basename(file, '.ts').replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

describe('a file of use-cases/', () => {
  it.each(files)('exports one function, of its own name: %s', async (file) => {
    const exported = (await import(path.join(folder, file))) as Record<string, unknown>
    expect(Object.keys(exported)).toEqual([functionNameOf(file)])
    expect(exported[functionNameOf(file)]).toBeTypeOf('function')
  })
})
