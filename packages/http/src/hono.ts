export { honoGuard } from './guards/hono-guard.js'
export type { HonoGuardOptions } from './guards/hono-guard.js'
