import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { importCircles, importGraph } from './import-circles.js'

const root = path.join(import.meta.dirname, '..')

test('no files of a package import each other in a circle, types included', () => {
  const folders = readdirSync(path.join(root, 'packages')).map((name) => path.join(root, 'packages', name, 'src'))
  const circles = importCircles(importGraph(folders))
  expect(circles.map((files) => files.map((file) => path.relative(root, file)))).toEqual([])
})

describe('importCircles', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'circles-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  function circlesOf(name: string, files: Readonly<Record<string, string>>) {
    const place = path.join(folder, name)
    mkdirSync(place)
    for (const [file, text] of Object.entries(files)) writeFileSync(path.join(place, file), text)
    return importCircles(importGraph([place])).map((circle) => circle.map((file) => path.basename(file)))
  }

  test('finds a circle that is closed by an import of a type', () => {
    const files = { 'a.ts': "import { b } from './b.js'", 'b.ts': "import type { A } from './a.js'" }
    expect(circlesOf('type', files)).toEqual([['a.ts', 'b.ts']])
  })

  test('finds a circle through a third file, an export and an import in a type', () => {
    const files = {
      'a.ts': "export { b } from './b.js'",
      'b.tsx': "export type B = import('./c.js').C",
      'c.ts': "export * from './a.js'",
      'd.ts': "import './a.js'",
    }
    expect(circlesOf('third', files)).toEqual([['a.ts', 'b.tsx', 'c.ts']])
  })

  test('accepts two files that import a third', () => {
    const files = { 'a.ts': "import './b.js'; import './c.js'", 'b.ts': "import './c.js'", 'c.ts': '' }
    expect(circlesOf('tree', files)).toEqual([])
  })
})
