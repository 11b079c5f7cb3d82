import type { INestApplication } from '@nestjs/common'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { ownRouteCases } from '../../frameworks/src/testing/own-route-cases.js'
import { createApp } from './create-app.js'
import { tenancy } from './tenancy.js'

describe('a host on NestJS', () => {
  let app: INestApplication
  let url: string
  beforeAll(async () => {
    await tenancy.migrate()
    app = await createApp()
    await app.listen(0)
    url = await app.getUrl()
  })
  afterAll(async () => {
    await app.close()
    await tenancy.close()
  })

  it.each(ownRouteCases)('$name', (ownRouteCase) => ownRouteCase.run(url))
})
