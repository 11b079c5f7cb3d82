import type { TenancyError } from '../../../errors.js'
import type { MemberMetadata } from '../../../model/membership.js'
import type { RowName } from './add-member-row.js'
import type { Addition } from './add-one.js'

/** What became of one address: a member, an invitation, or the error that refused it alone. */
export type AddMemberResult<Role extends string = string, Metadata = MemberMetadata> = RowResult<
  Role,
  Metadata,
  { readonly email: string }
>

/** What became of one row, which names an address or an account. */
export type RowResult<Role extends string = string, Metadata = MemberMetadata, Name extends RowName = RowName> =
  (Name & Addition<Role, Metadata>) | (Name & { readonly status: 'failed'; readonly error: TenancyError })
