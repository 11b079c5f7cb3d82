/** Mutates the rules in `policy/` and runs the tests of decisions. */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'scripts/mutation/policy.vitest.config.ts', related: false },
  mutate: ['packages/core/src/policy/**/*.ts', '!**/*.test.ts', '!**/*.test-d.ts'],
  coverageAnalysis: 'perTest',
  // A slow machine must not look like a test that detected the mutant.
  timeoutMS: 60_000,
  reporters: ['progress-append-only', 'json'],
  jsonReporter: { fileName: 'reports/mutation/policy.json' },
  tempDirName: 'reports/stryker',
  ignorePatterns: ['dist', 'reports'],
  warnings: { slow: false },
}
