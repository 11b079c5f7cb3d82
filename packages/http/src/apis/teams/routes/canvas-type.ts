/** The resource type under which canvases are stored. */
export const TYPE = 'canvas'
