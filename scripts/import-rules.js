import path from 'node:path'

/** The modules that every layer of core's services may import. */
const domain = ['core/src/policy', 'core/src/model', 'core/src/storage', 'core/src/errors', 'core/src/events']

/**
 * The allowed imports. The rule with the longest matching `from` applies to a file; a file without a rule is
 * unrestricted. `to` lists folders below `packages`, packages, or `node:` modules. Tests are unrestricted.
 */
export const importRules = [
  {
    from: 'core/src/model',
    to: ['core/src/model', 'node:url', 'zod'],
    because: 'the model is nouns and their schemas; everything rests on it, so it rests on almost nothing',
  },
  {
    from: 'core/src/policy',
    to: ['core/src/policy', 'core/src/model'],
    because: 'policy is pure: a decision is made from facts it is given, never from storage or a request',
  },
  {
    from: 'core/src/storage',
    to: ['core/src/storage', 'core/src/model'],
    because: 'the storage port is written in nouns of the model; a storage knows no rule',
  },
  {
    from: 'core/src/contract',
    to: ['core/src/contract', 'core/src/storage', 'core/src/model', 'core/src/errors', 'node:assert', 'node:timers'],
    because: 'anyone can run the contract against a storage, with any test runner or none',
  },
  {
    from: 'core/src/services/use-cases',
    to: ['core/src/services/steps', 'core/src/services/pipeline', ...domain, 'zod'],
    because: 'each use case stands alone: what two of them share is a step',
  },
  {
    from: 'core/src/services/steps',
    to: [
      'core/src/services/steps',
      'core/src/services/pipeline',
      ...domain,
      '@node-rs/argon2',
      'canonicalize',
      'escape-html',
      'node:crypto',
      'zod',
    ],
    because: 'a step serves several use cases and knows none of them',
  },
  {
    from: 'core/src/services/pipeline',
    to: ['core/src/services/pipeline', ...domain, 'canonicalize', 'ipaddr.js', 'node:crypto', 'node:timers', 'zod'],
    because: 'the pipeline runs every command and query, so it knows no single one',
  },
  {
    from: 'core/src/services/workers',
    to: ['core/src/services/workers', 'core/src/services/steps', 'core/src/services/pipeline', ...domain, 'zod'],
    because: 'a worker runs in the background, where nobody calls a use case',
  },
  {
    from: 'core/src/services',
    to: [],
    because: 'services are use cases, steps, workers and the pipeline: a new file goes into one of their folders',
  },
  {
    from: 'core/src',
    to: ['core/src', 'mitt', 'node:', 'uuid', 'zod'],
    because: 'core is the domain: it knows no SQL, no driver and no web framework',
  },
  {
    from: 'kysely-storage/src',
    to: ['kysely-storage/src', '@tenantry/core', 'kysely'],
    because: 'the SQL is written once, for any driver',
  },
  {
    from: 'kysely-storage/src/testing',
    to: ['kysely-storage/src', '@tenantry/core', 'fast-check', 'kysely', 'node:'],
    because: 'what the tests of both adapters share; it is never published',
  },
  {
    from: 'adapter-sqlite/src',
    to: ['adapter-sqlite/src', '@tenantry/core', '@tenantry/kysely-storage', 'better-sqlite3', 'kysely', 'node:'],
    because: 'an adapter knows its own driver and no other adapter, API or rule',
  },
  {
    from: 'adapter-postgres/src',
    to: ['adapter-postgres/src', '@tenantry/core', '@tenantry/kysely-storage', 'pg', 'kysely', 'node:'],
    because: 'an adapter knows its own driver and no other adapter, API or rule',
  },
  {
    from: 'http/src',
    to: [
      'http/src',
      '@tenantry/core',
      'busboy',
      'escape-html',
      'markdown-it',
      'sanitize-html',
      'swagger-ui-dist',
      'zod',
      'node:',
    ],
    because: 'an API speaks HTTP and calls use cases; it knows no web framework, no table and no storage',
  },
  {
    from: 'http/src/testing',
    to: [
      'http/src',
      '@tenantry/core',
      '@tenantry/adapter-sqlite',
      '@tenantry/express-router',
      '@tenantry/testkit',
      '../scripts/full-run',
      'ajv',
      'ajv-formats',
      'express',
      'vitest',
      'zod',
      'node:',
    ],
    because:
      'what the tests of the APIs share: it wires them to storages and checkers of documents, and is never published',
  },
  {
    from: 'express-router/src',
    to: ['express-router/src', '@tenantry/core', '@tenantry/http', 'express', 'node:'],
    because: 'a mount carries requests in and responses out; the APIs are in http',
  },
  {
    from: 'client/src',
    to: ['client/src', 'openapi-fetch'],
    because: 'the client runs in browsers: it has types of the APIs, and no code of the server',
  },
  {
    from: 'testkit/src',
    to: ['testkit/src', '@tenantry/core', 'fast-check', 'node:'],
    because: 'the testkit proves hosts from outside, with public names only',
  },
]

const packagesFolder = path.resolve(import.meta.dirname, '../packages')

/** The ESLint rule that enforces the table above. */
export const importRulesRule = {
  meta: { type: 'problem', schema: [], messages: { against: '{{from}} may not import {{target}}: {{because}}.' } },
  create(context) {
    const file = path.relative(packagesFolder, context.filename)
    const rule = importRules.filter(({ from }) => within(file, from)).sort((a, b) => b.from.length - a.from.length)[0]
    if (!rule) return {}

    const check = ({ source }) => {
      if (typeof source?.value !== 'string') return
      const target = source.value.startsWith('.')
        ? path.relative(packagesFolder, path.resolve(path.dirname(context.filename), source.value))
        : source.value
      if (rule.to.some((place) => within(target, place))) return
      context.report({ node: source, messageId: 'against', data: { ...rule, target } })
    }
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      TSImportType: check,
    }
  },
}

/** Whether `target` is `place`, is below it, or is the module file of that name. */
function within(target, place) {
  const rest = target.slice(place.length)
  return target.startsWith(place) && (rest === '' || rest === '.js' || rest.startsWith('/') || place.endsWith(':'))
}
