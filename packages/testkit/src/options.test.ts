import { expect, it } from 'vitest'
import { checkPermissionProperties, crashRun, modelRun, permissionMatrix } from './index.js'

const misspelt = { sed: 7 } as never

it('I16 what takes options refuses one that is misspelt, and names it', async () => {
  expect(() => permissionMatrix({}, { label: {} } as never)).toThrow('permissionMatrix: there is no option "label"')
  await expect(modelRun(misspelt)).rejects.toThrow('modelRun: there is no option "sed"; did you mean "seed"?')
  await expect(crashRun(misspelt)).rejects.toThrow('crashRun: there is no option "sed"')
  await expect((async () => checkPermissionProperties({}, misspelt))()).rejects.toThrow(
    'permissionProperties: there is no option',
  )
})
