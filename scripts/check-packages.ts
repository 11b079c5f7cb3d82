/**
 * Proves what the registry would get: packs every published package, lints the tarballs, installs them in a project
 * of their own, and there compiles and loads them, as ES modules and with `require()`.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { installedVersion, publishedPackages } from './published-packages.js'

const root = path.resolve(import.meta.dirname, '..')
const work = mkdtempSync(path.join(tmpdir(), 'tenantry-packages-'))
const packages = publishedPackages(root)

/** The newest line of Kysely that filters fit. It wants Node 22, so it is installed here alone, for its types. */
const NEWER_KYSELY = 'npm:kysely@^0.29.9'

try {
  run(root, 'pnpm', 'build')
  const tarballs = Object.fromEntries(packages.map(({ name, directory }) => [name, pack(directory)]))
  for (const tarball of Object.values(tarballs)) {
    run(root, tool('publint'), 'run', tarball, '--strict')
    run(root, tool('attw'), tarball, '--profile', 'esm-only')
  }
  packages.forEach(({ directory }) => refuseCutTypes(path.join(directory, 'dist')))
  const host = createHost(tarballs)
  run(host, 'pnpm', 'install', '--prefer-offline')
  run(host, tool('tsc'))
  run(host, tool('tsc'), '--project', 'newer-kysely.json')
  run(host, process.execPath, 'load.mjs')
  run(host, process.execPath, 'load.cjs')
  console.log(`${packages.length} packages are fit to publish`)
} finally {
  rmSync(work, { recursive: true })
}

function run(cwd: string, command: string, ...args: string[]) {
  console.log(`$ ${path.basename(command)} ${args.join(' ')}`)
  execFileSync(command, args, { cwd, stdio: 'inherit' })
}

/** Asked by its path: going through pnpm takes longer than most of what they do. */
function tool(name: string): string {
  return path.join(root, 'node_modules/.bin', name)
}

/** The compiler writes `elided` where a type is too deep to be written down. Nobody can read or use such a type. */
function refuseCutTypes(directory: string) {
  const cut = readdirSync(directory).filter(
    (file) => file.endsWith('.d.ts') && readFileSync(path.join(directory, file), 'utf8').includes('elided'),
  )
  if (cut.length > 0) throw new Error(`${directory}: types of ${cut.join(', ')} are cut off; name what they contain`)
}

function pack(directory: string) {
  const destination = path.join(work, path.basename(directory))
  mkdirSync(destination)
  run(directory, 'pnpm', 'pack', '--pack-destination', destination)
  const [tarball] = readdirSync(destination)
  if (!tarball) throw new Error(`Nothing was packed from ${directory}`)
  return path.join(destination, tarball)
}

/** A project as a host would have it: the tarballs, what they ask the host to bring, and types of Node and Express. */
function createHost(tarballs: Record<string, string>) {
  const host = path.join(work, 'host')
  const files = Object.fromEntries(Object.entries(tarballs).map(([name, tarball]) => [name, `file:${tarball}`]))
  const brought = packages.flatMap(({ directory, peers }) =>
    peers.map((peer) => [peer, installedVersion(directory, peer)]),
  )
  const types = [
    ['@types/node', installedVersion(root, '@types/node')],
    ['@types/express', installedVersion(path.join(root, 'packages/express-router'), '@types/express')],
  ]
  const dependencies = { ...files, ...Object.fromEntries([...brought, ...types]), 'newer-kysely': NEWER_KYSELY }
  const compilerOptions = { strict: true, module: 'nodenext', target: 'es2022', noEmit: true, types: ['node'] }
  const imports = packages.flatMap((published) => published.imports)
  const contents = {
    'package.json': JSON.stringify({ private: true, type: 'module', dependencies }),
    // The packages depend on each other by version, and the registry does not have this one yet.
    'pnpm-workspace.yaml': JSON.stringify({ overrides: files, ignoreScripts: true }),
    'tsconfig.json': JSON.stringify({ compilerOptions, files: ['names.ts'] }),
    'newer-kysely.json': JSON.stringify({
      compilerOptions: { ...compilerOptions, skipLibCheck: true, paths: { kysely: ['./node_modules/newer-kysely'] } },
      files: ['filter.ts'],
    }),
    'filter.ts': readFileSync(path.join(root, 'packages/adapter-sqlite/src/filter.test-d.ts'), 'utf8'),
    'names.ts': imports.map((name, index) => `export * as import${index} from '${name}'`).join('\n'),
    'load.mjs': load(imports, 'await import'),
    'load.cjs': load(imports, 'require'),
  }
  mkdirSync(host)
  for (const [file, text] of Object.entries(contents)) writeFileSync(path.join(host, file), `${text}\n`)
  return host
}

/** A program that loads every entry and fails on one that gives nothing. */
function load(imports: string[], how: string) {
  return imports
    .map((name) => `if (!Object.keys(${how}('${name}')).length) throw new Error('${name} exports nothing')`)
    .join('\n')
}
