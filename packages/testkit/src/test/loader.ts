import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

/** How Node runs the modules of this package as they are written, in a process of its own. */
export const RUN_TYPESCRIPT = ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href]
