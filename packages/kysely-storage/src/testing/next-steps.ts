import { sql } from 'kysely'
import { addColumns } from '../migrations/add-columns.js'
import { addConstraint } from '../migrations/add-constraint.js'
import { createIndex } from '../migrations/create-index.js'
import { fillColumn } from '../migrations/fill-column.js'
import { migrations } from '../migrations/index.js'
import type { Migration } from '../migrations/migration.js'

/** What a later release could add to the schema: a step of every kind, by what it does. */
export const nextSteps = {
  'adds columns': addColumns({
    name: 'nicknames',
    table: 'users',
    columns: { nickname: 'text?', colour: { kind: 'text', default: 'blue' } },
  }),
  'fills a column': fillColumn({
    name: 'nicknames of users',
    table: 'users',
    column: 'nickname',
    value: sql`'nick of ' || id`,
  }),
  'builds an index': createIndex({ name: 'users by nickname', table: 'users', columns: ['nickname'] }),
  'builds a unique index': createIndex({
    name: 'one colour a user',
    table: 'users',
    columns: ['colour', 'id'],
    unique: true,
  }),
  'adds a check': addConstraint('short nicknames', {
    table: 'users',
    name: 'users_nickname_check',
    check: sql`length(nickname) < 100`,
  }),
  'adds a foreign key': addConstraint('inviters are users', {
    table: 'memberships',
    name: 'memberships_invited_by_fkey',
    columns: ['invited_by'],
    references: { table: 'users', columns: ['id'] },
  }),
  'forbids null': addConstraint('names of users', { table: 'users', notNull: 'name' }),
} as const satisfies Record<string, Migration>

/** The schema of that release. */
export const nextMigrations: readonly Migration[] = [...migrations, ...Object.values(nextSteps)]
