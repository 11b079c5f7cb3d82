import { describe, test } from 'vitest'
import { storageContract } from '../../contract.js'
import { memoryStorage } from './memory-storage.js'

describe('memory storage', () => {
  test.each(storageContract)('$id: $name', (contractCase) =>
    contractCase.run(async () => ({ storage: memoryStorage() })),
  )
})
