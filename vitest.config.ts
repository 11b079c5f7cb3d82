import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
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
})
