/** How Node runs the modules of this package as they are written, in a process of its own. */
export const RUN_TYPESCRIPT = ['--import', 'tsx']
