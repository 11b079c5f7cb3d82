import { defineConfig } from 'vitest/config'

/** Runs only the tests of the policy, which is pure, so they take seconds. */
const tests = ['packages/core/src/policy/**/*.test.ts']

// Instrumented code runs more slowly.
const exclude = ['**/allocation.test.ts']

export default defineConfig({ test: { include: tests, exclude, testTimeout: 60_000, isolate: false } })
