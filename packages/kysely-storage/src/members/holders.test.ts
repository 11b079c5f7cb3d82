import { memoryStorage } from '@tenantry/core'
import { test } from 'vitest'
import { checkListByPermission } from '../testing/list-by-permission-property.js'

test('in memory, those who are listed for a permission are those whom a decision on each allows', () =>
  checkListByPermission(memoryStorage(), 200))
