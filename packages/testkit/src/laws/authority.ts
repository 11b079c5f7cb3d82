/** What it takes to give something to somebody. */
export const AUTHORITY = ['member:assign', 'member:override', 'invitation:create'] as const
