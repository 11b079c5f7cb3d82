import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import * as setting from './docstring-setting.js'

const root = path.resolve(import.meta.dirname, '../../..')
const scratch = path.join(import.meta.dirname, '../.blocks')

interface Block {
  readonly name: string
  readonly file: string
  readonly code: string
}

/** Every ```ts block of a page, as a module of its own. */
function blocksOf(page: string): Block[] {
  return [...readFileSync(path.join(root, page), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map((match, index) => ({
    name: `${page}, block ${index + 1}`,
    file: path.join(scratch, `${page.replaceAll(/\W/g, '-')}-${index + 1}.ts`),
    code: `${match[1] ?? ''}\nexport {}\n`,
  }))
}

/** Every `@example` of a file, in the setting that its docstrings take for granted. */
function examplesOf(file: string): Block[] {
  const comments = readFileSync(path.join(root, file), 'utf8').matchAll(/^ \* @example\n((?: \*.*\n)*?) \*\//gm)
  return [...comments].map((match, index) => ({
    name: `${file}, example ${index + 1}`,
    file: path.join(scratch, `${file.replaceAll(/\W/g, '-')}-${index + 1}.ts`),
    code: withSetting((match[1] ?? '').replaceAll(/^ \* ?/gm, '')),
  }))
}

function withSetting(code: string): string {
  const names = Object.keys(setting).filter((name) => new RegExp(`\\b${name}\\b`).test(code))
  return `import { ${names.join(', ')} } from '../src/docstring-setting.js'\n${code}`
}

const arbitraries = 'packages/testkit/src/arbitraries'
const documented = readdirSync(path.join(root, arbitraries)).filter((name) => /^any-.*(?<!\.test)\.ts$/.test(name))

const guides = readdirSync(path.join(root, 'docs/guide')).map((name) => `docs/guide/${name}`)
const introductions = readdirSync(path.join(root, 'packages')).map((name) => `packages/${name}/README.md`)

const run = [
  ...['README.md', ...guides].flatMap(blocksOf),
  ...documented.flatMap((name) => examplesOf(`${arbitraries}/${name}`)),
]
// These open files and ports of the reader's own.
const compiled = introductions.filter((page) => existsSync(path.join(root, page))).flatMap(blocksOf)
const blocks = [...run, ...compiled]

describe('the code in the documents', () => {
  beforeAll(() => {
    rmSync(scratch, { recursive: true, force: true })
    mkdirSync(scratch, { recursive: true })
    for (const { file, code } of blocks) writeFileSync(file, code)
  })

  afterAll(() => rmSync(scratch, { recursive: true, force: true }))

  // `pnpm types` checks the packages themselves.
  it('compiles', { timeout: 300_000 }, () => {
    const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), (file) => readFileSync(file, 'utf8'))
    const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root)
    const program = ts.createProgram(
      blocks.map(({ file }) => file),
      options,
    )
    const errors = [
      ...program.getOptionsDiagnostics(),
      ...program.getGlobalDiagnostics(),
      ...blocks.flatMap(({ file }) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file))),
    ].map(
      ({ file, messageText }) =>
        `${path.basename(file?.fileName ?? '')}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    )
    expect(errors).toEqual([])
  })

  it.each(run)('$name runs', async ({ file }) => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    await import(file)
    log.mockRestore()
  })
})
