import { defineConfig } from 'vitest/config'

const tests = ['packages/adapter-sqlite/src/sqlite-storage.test.ts', 'packages/kysely-storage/src/**/*.test.ts']

export default defineConfig({ test: { include: tests, testTimeout: 60_000, bail: 1 } })
