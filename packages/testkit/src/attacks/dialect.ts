/** What people do through an API, and what each needs to know. Roles are the core's: `admin`, `member`, `viewer`. */
export interface Acts {
  createTenant: { readonly name: string }
  readTenant: { readonly tenant: string }
  renameTenant: { readonly tenant: string; readonly name: string }
  /** Archives or deletes it, as the API has it. */
  endTenant: { readonly tenant: string }
  listMembers: { readonly tenant: string }
  addMember: { readonly tenant: string; readonly email: string; readonly role: string }
  setRole: { readonly tenant: string; readonly user: string; readonly role: string }
  setPermissions: { readonly tenant: string; readonly user: string; readonly permissions: unknown }
  readPermissions: { readonly tenant: string; readonly user: string }
  deactivate: { readonly tenant: string; readonly user: string }
  removeMember: { readonly tenant: string; readonly user: string }
  leave: { readonly tenant: string }
  /** Lets everybody in who wants to come. */
  openTenant: { readonly tenant: string }
  join: { readonly tenant: string }
  invite: { readonly tenant: string; readonly email: string; readonly role: unknown }
  listInvitations: { readonly tenant: string }
  resendInvitation: { readonly tenant: string; readonly invitation: string }
  revokeInvitation: { readonly tenant: string; readonly invitation: string }
  /** What a token invites to, asked by somebody who is not signed in. */
  checkInvitation: { readonly token: string }
  accept: { readonly token: string; readonly more?: object }
  /** What one’s own address is invited to, without the token. */
  acceptMine: { readonly tenant: string }
  decline: { readonly token: string }
  createRole: { readonly tenant: string; readonly key: string; readonly permissions: readonly string[] }
  updateRole: { readonly tenant: string; readonly key: string; readonly permissions: readonly string[] }
  deleteRole: { readonly tenant: string; readonly key: string }
  startTransfer: { readonly tenant: string }
  verifyTransfer: { readonly tenant: string; readonly token: string; readonly code: string }
  completeTransfer: { readonly tenant: string; readonly user: string; readonly token: string }
  createResource: { readonly tenant: string; readonly name: string; readonly visible: boolean }
  readResource: { readonly tenant: string; readonly id: string }
  shareResource: { readonly tenant: string; readonly id: string; readonly with: string | null }
  deleteResource: { readonly tenant: string; readonly id: string }
  signIn: { readonly email: string; readonly password: string }
  signUp: { readonly email: string; readonly password: string }
  /** Makes an account for somebody. */
  createAccount: { readonly email: string; readonly password: string }
  updateAccount: { readonly email: string; readonly more: object }
  deleteAccount: { readonly email: string; readonly more: object }
  /** A device begins to sign in, and asks for its token once somebody has approved it. */
  startDevice: { readonly name: string }
  approveDevice: { readonly code: string; readonly more?: object }
  exchangeDevice: { readonly code: string }
  commentOnResource: { readonly tenant: string; readonly id: string; readonly text: string }
}

export type Act = keyof Acts

/** A request in the words of an API: the id of its operation in the OpenAPI document, and what is sent. */
interface Call {
  readonly operation: string
  readonly values?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** How one API says each act; what it does not offer is not there. */
export interface Dialect {
  readonly name: string
  readonly acts: { readonly [Name in Act]?: (input: Acts[Name]) => Call }
}
