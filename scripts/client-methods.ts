/** An operation of an OpenAPI document. */
export interface Operation {
  readonly method: string
  readonly path: string
  readonly operationId: string
}

/** Paths below these belong to one tenant or organization and form a scoped client: `client.tenant('acme')`. */
const SCOPES = [
  { name: 'tenant', path: /^\/tenants\/\{(\w+)\}/ },
  { name: 'organization', path: /^\/organizations\/\{(\w+)\}/ },
] as const

/** Method names for operations where the rule below does not give the core’s name. */
const NAMES: Readonly<Record<string, string>> = {
  inviteMember: 'members.invite',
  inviteMembers: 'members.inviteMany',
  addMembers: 'members.addMany',
  setRoles: 'members.setRoles',
  requestToJoin: 'requestToJoin',
  getCurrentTenant: 'me.currentTenant',
  deleteMyResources: 'me.resources.deleteMany',
  markNotificationRead: 'me.notifications.markRead',
  markAllNotificationsRead: 'me.notifications.markAllRead',
  exchangeDeviceCode: 'devices.exchange',
  setPlan: 'admin.tenants.setPlan',
  getEmailBacklog: 'admin.emails.backlog',
  getEventBacklog: 'admin.events.backlog',
  getNotificationBacklog: 'admin.notifications.backlog',
}

/** The position of an operation in the client. */
export interface Place {
  /** `null` means the client itself. */
  readonly scope: (typeof SCOPES)[number]['name'] | null
  /** The path parameter that the scope provides. */
  readonly bound: string | null
  /** The nouns, then the method: `['members', 'list']`. */
  readonly names: readonly string[]
}

/**
 * The nouns are the segments of the path. The method is the last segment if the operation is called after it
 * (`/members/{userId}/promote`, `promoteMember`), else the verb of the operation (`/members`, `listMembers`).
 */
export function placeOf({ path, operationId }: Operation): Place {
  const scope = SCOPES.find((one) => one.path.test(path))
  const bound = scope?.path.exec(path)?.[1] ?? null
  const rest = scope === undefined ? path : path.replace(scope.path, '')
  return { scope: scope?.name ?? null, bound, names: NAMES[operationId]?.split('.') ?? namesIn(rest, operationId) }
}

function namesIn(path: string, operationId: string): readonly string[] {
  const nouns = path
    .split('/')
    .filter((segment) => segment !== '' && !segment.startsWith('{'))
    .map((segment) => segment.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase()))
  const last = nouns.at(-1)
  if (last !== undefined && new RegExp(`^${last}(?![a-z])`).test(operationId)) return nouns
  return [...nouns, /^[a-z]+/.exec(operationId)?.[0] ?? operationId]
}

/** @throws {Error} naming the row of {@link NAMES} that no longer has an operation. */
export function checkNames(operations: readonly Operation[]): void {
  const known = new Set(operations.map(({ operationId }) => operationId))
  const unknown = Object.keys(NAMES).filter((operationId) => !known.has(operationId))
  if (unknown.length > 0)
    throw new Error(`scripts/client-methods.ts names ${unknown.join(', ')}, which the API has not`)
}
