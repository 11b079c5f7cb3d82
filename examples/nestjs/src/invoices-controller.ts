import { Controller, Get } from '@nestjs/common'
import { RequirePermissions, TenancyScope, type Scope } from './require-permissions.js'

@Controller('t/:tenant/invoices')
export class InvoicesController {
  @Get()
  @RequirePermissions('invoice:read')
  list(@TenancyScope() { tenant, access }: Scope) {
    return { tenant: tenant.name, mayApprove: access.can('invoice:approve') }
  }
}
