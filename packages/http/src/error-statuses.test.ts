import { TenancyError } from '@tenantry/core'
import type { ErrorCode } from '@tenantry/core'
import { expect, it } from 'vitest'
import { InternalError, RequestError } from './handler/failure.js'
import type { Failure } from './handler/failure.js'
import { ERROR_CODES, REQUEST_ERROR_CODES } from './testing/error-codes.js'
import { APIS_UNDER_TEST } from './testing/apis-under-test.js'

/** Details on which a status depends; any others fit all codes that have none of these. */
const DETAILS: { readonly [Code in ErrorCode]?: readonly object[] } = {
  tenant_not_active: [{ status: 'active' }, { status: 'archived' }, { status: 'suspended' }],
  email_limit_exceeded: ['owner', 'recipient', 'tenant', 'ip'].map((per) => ({ per, retryAfterMs: 1000 })),
}
const ANY = {
  field: 'name',
  retryAfterMs: 1000,
  limit: 1,
  limitBytes: 1,
  role: 'x',
  tenantIds: [],
  organizationIds: [],
}

const failures: readonly (readonly [name: string, failure: Failure])[] = [
  ...ERROR_CODES.flatMap((code) =>
    (DETAILS[code] ?? [ANY]).map((details) => {
      const [kind] = DETAILS[code] ? Object.values(details) : []
      // The details are those of the code, which the compiler cannot follow from the list.
      return [kind ? `${code} (${kind})` : code, new TenancyError(code, 'message', details)] as const
    }),
  ),
  ...REQUEST_ERROR_CODES.map((code) => [`request: ${code}`, new RequestError(code, 'message')] as const),
  ['failure inside', new InternalError('request-1')],
]

/** What a body says of its error beside the text: the code that clients look at. */
function codeIn(body: unknown): string {
  const { code, status_code: statusCode } = body as { readonly code?: unknown; readonly status_code?: unknown }
  return String(code ?? statusCode)
}

it.each(Object.entries(APIS_UNDER_TEST))(
  '%s: every error has the status and the code that the table holds',
  async (name, { client: { api } }) => {
    const rows = failures.map(([failure, error]) => {
      const { status, body } = api.toFailureResponse(error, null)
      return `${failure.padEnd(36)} ${status} ${codeIn(body)}`
    })
    await expect(`${rows.join('\n')}\n`).toMatchFileSnapshot(`testing/error-statuses/${name}.txt`)
  },
)
