import { defineConfig } from 'vitest/config'

const tests = ['packages/core/src/{policy,services/members,services/roles,services/resources}/**/*.test.ts']

// What is instrumented makes more than it does otherwise.
const exclude = ['**/allocation.test.ts']

export default defineConfig({ test: { include: tests, exclude, testTimeout: 60_000 } })
