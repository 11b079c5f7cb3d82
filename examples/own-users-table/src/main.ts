import { randomBytes } from 'node:crypto'
import Database from 'better-sqlite3'
import { createApp } from './create-app.js'
import { addUser } from './users.js'

const database = new Database(':memory:')
const app = await createApp(database, { sessionKey: randomBytes(32).toString('base64url') })
await addUser(database, { email: 'ann@example.com', name: 'Ann', password: 'correct horse', emailVerified: true })
await addUser(database, { email: 'bob@example.com', name: 'Bob', password: 'battery staple', emailVerified: true })

const url = 'http://localhost:5002'
app.listen(5002, '127.0.0.1', (error) => {
  if (error) throw error
  console.log(`\
Ann signs in, makes a workspace and invites Bob:

curl -sSw '\\n' -c ann.txt ${url}/sign-in -H 'Content-Type: application/json' -d '{"email": "ann@example.com", "password": "correct horse"}'
curl -sSw '\\n' -b ann.txt ${url}/workspaces -H 'Content-Type: application/json' -d '{"name": "Acme"}'
curl -sSw '\\n' -b ann.txt ${url}/workspaces/current/members/invite-email -H 'Content-Type: application/json' \\
  -d '{"emails": ["bob@example.com"], "role": "editor"}'

Bob signs in and accepts, with the token from the link:

curl -sSw '\\n' -c bob.txt ${url}/sign-in -H 'Content-Type: application/json' -d '{"email": "bob@example.com", "password": "battery staple"}'
curl -sSw '\\n' -b bob.txt ${url}/activate -H 'Content-Type: application/json' -d '{"token": "…"}'

Cy signs up with a company, both or neither:

curl -sSw '\\n' -c cy.txt ${url}/sign-up -H 'Content-Type: application/json' \\
  -d '{"email": "cy@example.com", "name": "Cy", "password": "tr0ubador and 3", "company": "Cyber"}'
curl -sSw '\\n' -b cy.txt ${url}/workspaces`)
})
