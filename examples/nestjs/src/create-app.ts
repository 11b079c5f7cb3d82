import 'reflect-metadata'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { tenancyRouter } from '@tenantry/express-router'
import { InvoicesController } from './invoices-controller.js'
import { SessionController } from './session-controller.js'
import { authenticate, tenancy } from './tenancy.js'

@Module({ controllers: [InvoicesController, SessionController] })
class AppModule {}

export async function createApp() {
  const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] })
  // Before Nest's own body parsers, which it adds when it starts listening.
  app.use('/api', tenancyRouter({ tenancy, authenticate }))
  return app
}
