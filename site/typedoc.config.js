import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Converter, OptionDefaults, ReflectionKind } from 'typedoc'

const packages = path.resolve(import.meta.dirname, '../packages')

/** Each entry of each published package: what a host imports, by the source of it. */
const entries = Object.fromEntries(
  readdirSync(packages).flatMap((folder) => {
    const manifest = JSON.parse(readFileSync(path.join(packages, folder, 'package.json'), 'utf8'))
    if (manifest.private) return []
    return Object.entries(manifest.exports).map(([entry, source]) => [
      path.join(packages, folder, source),
      path.posix.join(manifest.name, entry),
    ])
  }),
)

/**
 * Names each module as a host imports it, instead of by its file.
 *
 * @param {import('typedoc').Application} app
 */
function nameModules(app) {
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    if (!reflection.kindOf(ReflectionKind.Module)) return
    const file = context.getSymbolFromReflection(reflection)?.declarations?.[0]?.getSourceFile().fileName
    reflection.name = entries[file ?? ''] ?? reflection.name
  })
}

/** @type {Partial<import('typedoc').TypeDocOptions> & Record<string, unknown>} */
export default {
  tsconfig: 'tsconfig.api.json',
  entryPoints: Object.keys(entries),
  plugin: ['typedoc-plugin-markdown', 'typedoc-vitepress-theme', nameModules],
  name: 'API reference',
  out: 'api',
  docsRoot: '.',
  readme: 'none',
  excludeInternal: true,
  excludeExternals: true,
  excludeScopesInPaths: true,
  disableSources: true,
  // `pnpm types` does it, and a type that only a public one mentions is shown where it is used.
  skipErrorChecking: true,
  blockTags: [...OptionDefaults.blockTags, '@description'],
  validation: { notExported: false, invalidLink: true, invalidPath: true },
  // Tables keep a page short enough to read.
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  hideBreadcrumbs: true,
  hidePageHeader: true,
}
