import { ESLint } from 'eslint'
import path from 'node:path'
import tseslint from 'typescript-eslint'
import { describe, expect, it } from 'vitest'
import { importRules } from './import-rules.js'

const root = path.resolve(import.meta.dirname, '..')
// The files below exist only as text, so type-aware rules are off.
const eslint = new ESLint({ cwd: root, overrideConfig: [tseslint.configs.disableTypeChecked] })

async function refusals(file: string, code: string) {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: path.join(root, 'packages', file) })
  return result?.messages.filter(({ ruleId }) => ruleId === 'tenantry/import-rules').map(({ message }) => message)
}

const refused: [file: string, code: string][] = [
  ['core/src/model/probe.ts', "import '../policy/decide.js'"],
  ['core/src/model/probe.ts', "import '../errors.js'"],
  ['core/src/model/probe.ts', "import 'mitt'"],
  ['core/src/policy/probe.ts', "import '../storage/port.js'"],
  ['core/src/policy/probe.ts', "import '../services/pipeline/command.js'"],
  ['core/src/policy/probe.ts', "import 'kysely'"],
  ['core/src/storage/probe.ts', "import '../policy/decide.js'"],
  ['core/src/storage/probe.ts', "import '../errors.js'"],
  ['core/src/contract/probe.ts', "import '../policy/decide.js'"],
  ['core/src/contract/probe.ts', "import 'vitest'"],
  ['core/src/contract/probe.ts', "import 'node:fs'"],
  ['core/src/services/use-cases/members/probe.ts', "import './add-member.js'"],
  ['core/src/services/use-cases/members/probe.ts', "import '../tenants/create-tenant.js'"],
  ['core/src/services/use-cases/members/probe.ts', "import '../../workers/notifications/notify.js'"],
  ['core/src/services/use-cases/members/probe.ts', "import '../../../create-tenancy.js'"],
  ['core/src/services/use-cases/members/probe.ts', "import 'node:crypto'"],
  ['core/src/services/steps/members/probe.ts', "import '../../use-cases/members/add-member.js'"],
  ['core/src/services/steps/members/probe.ts', "import '../../workers/notifications/notify.js'"],
  ['core/src/services/steps/members/probe.ts', "import 'express'"],
  ['core/src/services/pipeline/probe.ts', "import '../steps/members/load-member.js'"],
  ['core/src/services/pipeline/probe.ts', "import '../use-cases/members/add-member.js'"],
  ['core/src/services/pipeline/probe.ts', "import '../workers/notifications/notify.js'"],
  ['core/src/services/pipeline/probe.ts', "import '@node-rs/argon2'"],
  ['core/src/services/workers/tenants/probe.ts', "import '../../use-cases/tenants/delete-tenant.js'"],
  ['core/src/services/workers/tenants/probe.ts', "import 'node:crypto'"],
  ['core/src/services/members/probe.ts', "import '../pipeline/command.js'"],
  ['core/src/probe.ts', "import 'kysely'"],
  ['core/src/probe.ts', "import 'pg'"],
  ['core/src/probe.ts', "import 'better-sqlite3'"],
  ['core/src/probe.ts', "import 'express'"],
  ['core/src/probe.ts', "import '@tenantry/testkit'"],
  ['kysely-storage/src/probe.ts', "import 'better-sqlite3'"],
  ['kysely-storage/src/probe.ts', "import '../../core/src/policy/decide.js'"],
  ['kysely-storage/src/testing/probe.ts', "import 'better-sqlite3'"],
  ['adapter-sqlite/src/probe.ts', "import '@tenantry/adapter-postgres'"],
  ['adapter-sqlite/src/probe.ts', "import 'pg'"],
  ['adapter-postgres/src/probe.ts', "import '@tenantry/adapter-sqlite'"],
  ['adapter-postgres/src/probe.ts', "import 'better-sqlite3'"],
  ['express-router/src/probe.ts', "import '@tenantry/adapter-sqlite'"],
  ['express-router/src/probe.ts', "import 'kysely'"],
  ['express-router/src/probe.ts', "import '../../http/src/handler/api.js'"],
  ['client/src/probe.ts', "import '@tenantry/core'"],
  ['http/src/probe.ts', "import '@tenantry/adapter-sqlite'"],
  ['http/src/probe.ts', "import '@tenantry/express-router'"],
  ['http/src/probe.ts', "import 'kysely'"],
  ['http/src/probe.ts', "import type { Request } from 'express'"],
  ['http/src/testing/probe.ts', "import '@tenantry/adapter-postgres'"],
  ['testkit/src/probe.ts', "import '@tenantry/express-router'"],
  ['testkit/src/probe.ts', "import '../../core/src/index.js'"],
]

describe('the import rules between folders and packages', () => {
  it.each(refused)('refuse %s: %s', async (file, code) => {
    expect(await refusals(file, code)).toEqual([expect.stringMatching(/ may not import .+: .+\.$/)])
  })

  it('each have a rejected example above', () => {
    const proven = importRules.filter(({ from }) => refused.some(([file]) => file.startsWith(`${from}/`)))
    expect(proven).toEqual(importRules)
  })

  it.each([
    "import type { Kysely } from 'kysely'",
    "export { Kysely } from 'kysely'",
    "export * from 'kysely'",
    "export type Db = import('kysely').Kysely<unknown>",
    "await import('kysely')",
  ])('refuse every form of import: %s', async (code) => {
    expect(await refusals('core/src/probe.ts', code)).toHaveLength(1)
  })

  it.each([
    ['core/src/model/probe.ts', "import './tenant.js'"],
    ['core/src/services/use-cases/members/probe.ts', "import '../../pipeline/command.js'"],
    ['core/src/services/use-cases/members/probe.ts', "import '../../steps/members/load-member.js'"],
    ['core/src/services/steps/members/probe.ts', "import '../tenants/open-tenant.js'"],
    ['core/src/services/workers/tenants/probe.ts', "import '../../steps/tenants/end-tenant.js'"],
    ['core/src/contract/probe.ts', "import 'node:assert/strict'"],
    ['core/src/policy/probe.test.ts', "import 'fast-check'"],
    ['adapter-sqlite/src/probe.ts', "import '@tenantry/kysely-storage'"],
    ['http/src/probe.ts', "import '@tenantry/core'"],
    ['express-router/src/probe.ts', "import '@tenantry/http'"],
  ])('let through %s: %s', async (file, code) => {
    expect(await refusals(file, code)).toEqual([])
  })
})
