import * as express from './express.js'
import * as fastify from './fastify.js'
import * as hono from './hono.js'
import * as nodeHttp from './node-http.js'
import * as next from './next/serve.js'
import { tenancy } from './tenancy.js'

const frameworks = new Map(Object.entries({ express, fastify, hono, next, 'node-http': nodeHttp }))

const [name = 'express'] = process.argv.slice(2)
const framework = frameworks.get(name)
if (!framework) throw new Error(`There is no ${name}; choose one of ${[...frameworks.keys()].join(', ')}`)
await tenancy.migrate()
await framework.start(3000)
console.log(`${name}: http://localhost:3000/api/docs`)
