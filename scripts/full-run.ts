/** Whether this is `pnpm test:full`, which runs long suites on more storages and with more random cases. */
export const IS_FULL_RUN = process.env['FULL_RUN'] === '1'

/** Returns the cases in a full run, else none. */
export function onlyInFullRun<Case>(...cases: readonly Case[]): readonly Case[] {
  return IS_FULL_RUN ? cases : []
}
