import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  private: z.boolean().default(false),
  exports: z.record(z.string(), z.unknown()).catch({}),
  peerDependencies: z.record(z.string(), z.string()).default({}),
})

/** The published packages: the folder, the entries that a host imports, and the peer dependencies. */
export function publishedPackages(root: string) {
  const folder = path.join(root, 'packages')
  return readdirSync(folder)
    .map((name) => ({ directory: path.join(folder, name), manifest: readManifest(path.join(folder, name)) }))
    .filter(({ manifest }) => !manifest.private)
    .map(({ directory, manifest }) => ({
      directory,
      name: manifest.name,
      imports: Object.keys(manifest.exports).map((entry) => path.posix.join(manifest.name, entry)),
      peers: Object.keys(manifest.peerDependencies),
    }))
}

/** The version of a dependency that is installed for the package in `directory`. */
export function installedVersion(directory: string, dependency: string) {
  return readManifest(path.join(directory, 'node_modules', dependency)).version
}

function readManifest(directory: string) {
  return manifestSchema.parse(JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8')))
}
