import { openDatabase } from './database.js'
import { createPeopleTable, givePersonKey } from './people.js'

const database = openDatabase()
await createPeopleTable(database.pool)
await database.tenancy.migrate()
for (const [name, email] of [
  ['ANN', 'ann@example.com'],
  ['BOB', 'bob@example.com'],
] as const)
  console.log(`${name}=${await givePersonKey(database.pool, { name, email })}`)
await database.close()
