import { defineConfig, type Options } from 'tsup'

/** The build of every package: ES modules with their types, from `src/<entry>.ts` to `dist/<entry>.js`. */
export function packageBuild(options: Options = {}) {
  return defineConfig({
    entry: ['src/index.ts'],
    format: 'esm',
    target: 'node20',
    clean: true,
    sourcemap: true,
    dts: true,
    ...options,
  })
}
