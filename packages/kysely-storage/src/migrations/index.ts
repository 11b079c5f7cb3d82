import { firstSchema } from './first-schema/index.js'
import type { Migration } from './migration.js'

/** Every step of the schema in order. The version of a schema is how many of them were taken. */
export const migrations: readonly Migration[] = [firstSchema]
