/** The resource of the host's that canvases are. */
export const TYPE = 'canvas'
