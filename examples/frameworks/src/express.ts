import { tenancyRouter } from '@tenantry/express-router'
import express from 'express'
import { tenancy, userOf } from './tenancy.js'

const app = express()
app.use(express.json())
app.use('/api', tenancyRouter({ tenancy, authenticate: (request) => userOf(request.get('x-user')) }))
app.get('/hello', (_request, response) => void response.send('hello'))

export const start = (port: number) => app.listen(port)
