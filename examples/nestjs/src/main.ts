import { createApp } from './create-app.js'
import { tenancy } from './tenancy.js'

await tenancy.migrate()
await (await createApp()).listen(3000)
console.log('http://localhost:3000/api/docs')
