/** How often something random is tried, and from where. */
export interface RunOptions {
  /** How many random cases. Default: the environment's `FC_RUNS`, else 100. */
  readonly runs?: number | undefined
  /** The same seed makes the same cases. Default: the environment's `FC_SEED`, else one of its own. */
  readonly seed?: number | undefined
}

export function runsOf({ runs, seed }: RunOptions): { readonly runs: number; readonly seed: number } {
  return {
    runs: runs ?? numberFrom(process.env['FC_RUNS']) ?? 100,
    seed: seed ?? numberFrom(process.env['FC_SEED']) ?? Math.floor(Math.random() * 2 ** 31),
  }
}

function numberFrom(text: string | undefined): number | undefined {
  return text === undefined || text === '' ? undefined : Number(text)
}
