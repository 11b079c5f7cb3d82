import { fetchGuard } from '@tenantry/http/fetch'
import { userOf } from '../../../../../session.js'
import { invoicesOf, tenancy, tenant } from '../../../../../tenancy.js'

const guard = fetchGuard({ tenancy, tenant, authenticate: ({ headers }) => userOf(headers.get('cookie')) })

/** Next passes the parameters of the path as well; the guard has read the tenant itself. */
interface Context {
  readonly params: Promise<{ readonly tenant: string }>
}

export const GET = guard.protect(['invoice:read'], (_request, scope, _context: Context) =>
  Response.json(invoicesOf(scope)),
)
