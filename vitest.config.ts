import { defineConfig } from 'vitest/config'

// `pnpm test:full` is `vitest run --mode full`: long suites run more often and on every storage. The numbers of the
// default are enough to find the faults that the suites plant in their own tests.
const full = { FULL_RUN: '1', TRIALS: '3', MODEL_RUNS: '3', DECISIONS: '100000' }

export default defineConfig(({ mode }) => ({
  test: {
    env: mode === 'full' ? { ...full, ...environmentOf(Object.keys(full)) } : {},
    include: ['{packages,examples}/*/src/**/*.test.ts', 'scripts/**/*.test.ts'],
    // Every file gets a module graph of its own otherwise, which takes longer than most files. None mocks a module.
    isolate: false,
    // Much of the time is spent waiting for a disk or a server; the default leaves one core of two idle.
    maxWorkers: '100%',
    globalSetup: 'scripts/postgres.ts',
    // Several suites start a database or hash passwords: slow machines need room, and no test asserts a duration.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
}))

/** What the caller's environment says of these names; it wins. */
function environmentOf(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )
}
