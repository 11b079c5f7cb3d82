import type { RunCanvas } from '../apis/teams/routes/canvas-runs.js'
import type { ApiChoices } from '../options.js'

/** Returns the canvas run that was requested, without running anything. */
const runCanvas: RunCanvas = async ({ kind, canvas, input }) => ({ kind, ran: canvas.id, input })

/** Every API at its default prefix. */
export const EVERY_API = {
  tenancy: true,
  console: true,
  openapi: true,
  tenant: true,
  teams: { runCanvas },
  workspaces: true,
} as const satisfies ApiChoices
