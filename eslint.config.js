import js from '@eslint/js'
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript'
import { importX } from 'eslint-plugin-import-x'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'
import { importRulesRule } from './scripts/import-rules.js'

const tests = ['**/*.test.ts', '**/*.test-d.ts', 'packages/testkit/src/test/**']
const configs = [
  '*.config.{js,ts}',
  'site/*.{config.js,data.ts}',
  'site/.vitepress/config.ts',
  '{packages/*,scripts/mutation}/*.config.{js,ts}',
]

export default defineConfig(
  globalIgnores(['**/dist', '**/coverage', 'reports', 'site/api', 'site/.vitepress/cache']),
  js.configs.recommended,
  tseslint.configs.recommended,
  importX.flatConfigs.typescript,
  {
    plugins: { 'import-x': importX, tenantry: { rules: { 'import-rules': importRulesRule } } },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: 'tsconfig.json' })] },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines': ['error', 200],
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^\\.{1,2}/.*(?<!\\.js)$', message: 'Node asks for the extension: end it in .js.' }] },
      ],
      'import-x/no-default-export': 'error',
      'import-x/no-cycle': 'error',
      // A named type: an editor shows its name, and not what it is made of.
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    files: ['**/*.ts'],
    ignores: configs,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // The rules of typescript-eslint that need types, chosen: each of these has been a bug in production somewhere.
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  { files: ['packages/*/src/**/*.ts'], ignores: tests, rules: { 'tenantry/import-rules': 'error' } },
  { files: tests, rules: { 'max-lines': ['error', 500] } },
  { files: configs, rules: { 'import-x/no-default-export': 'off' } },
  { files: ['packages/client/src/generated/**'], rules: { 'max-lines': 'off' } },
  { files: ['examples/**', 'bench/**', 'scripts/**', 'site/**'], rules: { 'no-console': 'off' } },
  {
    files: ['**/{utils,helpers,types}.ts'],
    rules: { 'no-restricted-syntax': ['error', { selector: 'Program', message: 'Name the thing this file holds.' }] },
  },
  {
    files: ['**/*.js'],
    languageOptions: { globals: { URL: 'readonly', console: 'readonly', process: 'readonly' } },
  },
)
