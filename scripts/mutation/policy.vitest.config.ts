import { defineConfig } from 'vitest/config'

const tests = ['packages/core/src/{policy,services/members,services/roles,services/resources}/**/*.test.ts']

export default defineConfig({ test: { include: tests, testTimeout: 60_000 } })
