import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

const root = path.resolve(import.meta.dirname, '../../..')
const scratch = path.join(import.meta.dirname, '../.blocks')

interface Block {
  readonly name: string
  readonly file: string
  readonly code: string
}

const guides = readdirSync(path.join(root, 'docs/guide')).map((name) => `docs/guide/${name}`)

/** Every ```ts block, as a module of its own. */
const blocks: readonly Block[] = ['README.md', ...guides].flatMap((page) =>
  [...readFileSync(path.join(root, page), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map((match, index) => ({
    name: `${page}, block ${index + 1}`,
    file: path.join(scratch, `${path.basename(page, '.md')}-${index + 1}.ts`),
    code: `${match[1] ?? ''}\nexport {}\n`,
  })),
)

describe('the code in the guides', () => {
  beforeAll(() => {
    rmSync(scratch, { recursive: true, force: true })
    mkdirSync(scratch, { recursive: true })
    for (const { file, code } of blocks) writeFileSync(file, code)
  })

  afterAll(() => rmSync(scratch, { recursive: true, force: true }))

  it('compiles', () => {
    const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), (file) => readFileSync(file, 'utf8'))
    const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root)
    const program = ts.createProgram(
      blocks.map(({ file }) => file),
      options,
    )
    const errors = ts
      .getPreEmitDiagnostics(program)
      .map(({ file, messageText }) => `${path.basename(file?.fileName ?? '')}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)
    expect(errors).toEqual([])
  })

  it.each(blocks)('$name runs', async ({ file }) => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    await import(file)
    log.mockRestore()
  })
})
