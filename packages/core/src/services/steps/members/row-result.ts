import type { TenancyError } from '../../../errors.js'
import type { RowName } from './add-member-row.js'
import type { Addition } from './add-one.js'

/** What became of one address: a member, an invitation, or the error that refused it alone. */
export type AddMemberResult = RowResult<{ readonly email: string }>

/** What became of one row, which names an address or an account. */
export type RowResult<Name extends RowName = RowName> =
  (Name & Addition) | (Name & { readonly status: 'failed'; readonly error: TenancyError })
