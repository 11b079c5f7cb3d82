/** What it takes to give something to somebody. */
export const AUTHORITY = [
  'member:assign',
  'member:override',
  'invitation:create',
  'role:create',
  'role:update',
] as const
