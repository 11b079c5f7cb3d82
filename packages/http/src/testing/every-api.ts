import type { RunCanvas } from '../apis/teams/routes/canvas-runs.js'
import type { ApiChoices } from '../options.js'

/** Runs no canvas, but tells what it would have run. */
const runCanvas: RunCanvas = async ({ kind, canvas, input }) => ({ kind, ran: canvas.id, input })

/** Every API, each at its default mount. */
export const EVERY_API = {
  tenancy: true,
  console: true,
  openapi: true,
  tenant: true,
  teams: { runCanvas },
  workspaces: true,
} as const satisfies ApiChoices
