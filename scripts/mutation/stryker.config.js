/** Mutates the rules of `policy/`. The tests are those whose subject is a decision. */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'scripts/mutation/policy.vitest.config.ts', related: false },
  mutate: ['packages/core/src/policy/**/*.ts', '!**/*.test.ts', '!**/*.test-d.ts'],
  coverageAnalysis: 'perTest',
  // A busy machine must not pass for a test that noticed.
  timeoutMS: 60_000,
  reporters: ['progress-append-only', 'json'],
  jsonReporter: { fileName: 'reports/mutation/policy.json' },
  tempDirName: 'reports/stryker',
  ignorePatterns: ['dist', 'reports'],
  warnings: { slow: false },
}
