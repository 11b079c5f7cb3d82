import { defineConfig } from 'tsup'

/**
 * The build of every package: ES modules with their types, from `src/<entry>.ts` to `dist/<entry>.js`.
 * `bundle` names private packages whose code and types go into this one.
 */
export function packageBuild({ entries = ['index'], bundle = [] }: { entries?: string[]; bundle?: string[] } = {}) {
  return defineConfig({
    entry: entries.map((entry) => `src/${entry}.ts`),
    format: 'esm',
    target: 'node20',
    clean: true,
    sourcemap: true,
    silent: true,
    noExternal: bundle,
    dts: {
      compilerOptions: {
        // A name that is only linked counts as foreign and would stay an import; as a path its types are bundled too.
        paths: Object.fromEntries(bundle.map((name) => [name, [name.replace('@tenantry/', '../') + '/src/index.ts']])),
        // tsup sets the deprecated `baseUrl` itself, which TypeScript 6 refuses unless told otherwise.
        ignoreDeprecations: '6.0',
      },
    },
  })
}
