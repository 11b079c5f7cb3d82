import { defineConfig } from 'vitest/config'

/** The policy is pure, and its own tests notice alone, in seconds. */
const tests = ['packages/core/src/policy/**/*.test.ts']

// What is instrumented makes more than it does otherwise.
const exclude = ['**/allocation.test.ts']

export default defineConfig({ test: { include: tests, exclude, testTimeout: 60_000, isolate: false } })
