// Runs before anything else, so it uses only what an old Node has as well.
import { readFileSync } from 'node:fs'

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const wanted = manifest.engines.node.replace('>=', '')
const [wantedMajor, wantedMinor] = wanted.split('.').map(Number)
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
  console.error(`Tenantry needs Node ${wanted} or newer; this is Node ${process.versions.node}. See https://nodejs.org`)
  process.exit(1)
}
