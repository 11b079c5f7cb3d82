import { expect, it } from 'vitest'
import { postgresStorage } from './index.js'

const open = (options: unknown) => () => postgresStorage(options as Parameters<typeof postgresStorage>[0])
const connectionString = 'postgres://ann:s3cr3t@localhost/app'

it.each([
  [undefined, 'postgresStorage: needs an object of options, not undefined'],
  [{}, 'postgresStorage: needs either a pool of pg or a connectionString'],
  [{ connectionString: undefined }, 'postgresStorage: needs either a pool of pg or a connectionString'],
  [{ connectionString: '' }, 'postgresStorage: connectionString needs a text'],
  [{ pool: {} }, 'postgresStorage: pool needs a pool of pg'],
  [{ connectionstring: 'postgres://localhost' }, 'did you mean "connectionString"?'],
  [{ connectionString, rowLevelSecurty: true }, 'did you mean "rowLevelSecurity"?'],
  [{ connectionString, rowLevelSecurity: 'true' }, 'postgresStorage: rowLevelSecurity needs true or false'],
])('I16 postgresStorage(%j) says what it needs', (options, message) => {
  expect(open(options)).toThrow(TypeError)
  expect(open(options)).toThrow(message)
})

it('postgresStorage tells no password of a text that is no object', () => {
  expect(open(connectionString)).toThrow('postgresStorage: name a database by { connectionString }')
  expect(open(connectionString)).not.toThrow('s3cr3t')
})
