import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

/** A module, or a folder, and the modules or folders that it imports. */
export type ImportGraph = ReadonlyMap<string, ReadonlySet<string>>

/** The relative imports of each file under the folders, including type imports. */
export function importGraph(folders: readonly string[]): ImportGraph {
  const files = folders.flatMap(sourceFiles)
  const known = new Set(files)
  return new Map(
    files.map((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true)
      const targets = importedFiles
        .filter(({ fileName }) => fileName.startsWith('.'))
        .map(({ fileName }) => path.join(path.dirname(file), fileName).replace(/\.js$/, '.ts'))
        .map((target) => (known.has(target) ? target : `${target}x`))
      return [file, new Set(targets.filter((target) => known.has(target)))]
    }),
  )
}

function sourceFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => path.join(folder, name))
}

/** The groups of nodes that import each other, directly or indirectly (Tarjan's strongly connected components). */
export function importCircles(graph: ImportGraph): readonly (readonly string[])[] {
  const circles: string[][] = []
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const open: string[] = []

  function visit(node: string): number {
    const index = order.size
    order.set(node, index)
    lowest.set(node, index)
    open.push(node)
    for (const target of graph.get(node) ?? []) {
      const reached = order.has(target) ? (open.includes(target) ? order.get(target) : undefined) : visit(target)
      lowest.set(node, Math.min(lowest.get(node) ?? index, reached ?? index))
    }
    const low = lowest.get(node) ?? index
    if (low === index) {
      const group = open.splice(open.indexOf(node))
      if (group.length > 1 || graph.get(node)?.has(node)) circles.push(group.sort())
    }
    return low
  }

  for (const node of graph.keys()) if (!order.has(node)) visit(node)
  return circles
}
