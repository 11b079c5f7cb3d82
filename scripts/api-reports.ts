/**
 * Writes every public name of every published entry to `packages/<name>/etc/<entry>.api.md`, so that a change of the
 * public API shows in a review. With `--check` it writes nothing, and fails if a report is out of date.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor'
import { publishedPackages } from './published-packages.js'

const root = path.resolve(import.meta.dirname, '..')
const isCheck = process.argv.includes('--check')
const work = mkdtempSync(path.join(tmpdir(), 'tenantry-api-'))
const entries = publishedPackages(root).flatMap(({ name, directory, imports }) =>
  imports.map((imported) => ({ directory, imported, entry: imported === name ? 'index' : path.basename(imported) })),
)

try {
  if (entries.some(isOutdated)) execFileSync('pnpm', ['build'], { cwd: root, stdio: 'inherit' })
  const changed = entries.filter((entry) => !report(entry))
  for (const { imported, directory, entry } of changed) {
    const file = path.relative(root, path.join(directory, 'etc', `${entry}.api.md`))
    console.log(isCheck ? `${imported}: ${file} is out of date; run pnpm api:write` : `${imported}: wrote ${file}`)
  }
  if (isCheck && changed.length > 0) process.exitCode = 1
  else console.log(`${entries.length} API reports are up to date`)
} finally {
  rmSync(work, { recursive: true })
}

type Entry = (typeof entries)[number]

function typesOf({ directory, entry }: Entry): string {
  return path.join(directory, 'dist', `${entry}.d.ts`)
}

/** Whether a source file is newer than the built types. */
function isOutdated(entry: Entry): boolean {
  const types = typesOf(entry)
  if (!existsSync(types)) return true
  const builtAt = statSync(types).mtimeMs
  return readdirSync(path.join(root, 'packages')).some((name) => {
    const source = path.join(root, 'packages', name, 'src')
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    return files.some(
      (file) => /(?<!\.test|\.test-d)\.ts$/.test(file) && statSync(path.join(source, file)).mtimeMs > builtAt,
    )
  })
}

/**
 * Compares the report of an entry with the committed one, and replaces it without `--check`. Returns whether both were
 * equal.
 */
function report(of: Entry): boolean {
  const { directory, entry } = of
  mkdirSync(path.join(directory, 'etc'), { recursive: true })
  const configuration = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: path.join(directory, 'package.json'),
    configObject: {
      projectFolder: directory,
      mainEntryPointFilePath: typesOf(of),
      newlineKind: 'lf',
      apiReport: {
        enabled: true,
        reportFolder: path.join(directory, 'etc'),
        reportFileName: entry,
        reportTempFolder: path.join(work, path.basename(directory)),
      },
      docModel: { enabled: false, apiJsonFilePath: '' },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'es2022',
            lib: ['es2023'],
            module: 'esnext',
            moduleResolution: 'bundler',
            types: ['node'],
            strict: true,
            skipLibCheck: true,
            // Built types are read several times faster than source files.
            paths: {
              '@tenantry/core/contract': [path.join(directory, 'node_modules/@tenantry/core/dist/contract.d.ts')],
              '@tenantry/*': [path.join(directory, 'node_modules/@tenantry/*/dist/index.d.ts')],
            },
          },
          files: [typesOf(of)],
        },
      },
      messages: {
        // The report does not check release tags and docstring syntax.
        extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  })
  const { apiReportChanged } = Extractor.invoke(configuration, {
    localBuild: !isCheck,
    messageCallback: (message) => {
      message.handled = message.logLevel !== ExtractorLogLevel.Error
    },
  })
  return !apiReportChanged
}
