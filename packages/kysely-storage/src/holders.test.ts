import { memoryStorage } from '@tenantry/core'
import { test } from 'vitest'
import { checkWho } from './testing/who-law.js'

test('in memory, those who are listed for a permission are those whom a decision on each allows', () =>
  checkWho(memoryStorage(), 200))
