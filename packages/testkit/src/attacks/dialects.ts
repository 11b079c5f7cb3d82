import type { Dialect } from './dialect.js'
import { consoleDialect } from './dialects/console.js'
import { openapiDialect } from './dialects/openapi.js'

/** Every surface the attacks know. Another one is another entry here. */
export const DIALECTS: readonly Dialect[] = [consoleDialect, openapiDialect]
