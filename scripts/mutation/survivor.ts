/** A mutant: a change to the code that no test detects. */
export interface Survivor {
  readonly file: string
  /** The original source and its replacement. */
  readonly source: string
  readonly changedTo: string
}

/** An accepted survivor, with the reason. */
export interface AcceptedSurvivor extends Survivor {
  readonly reason: string
}

function isSame(one: Survivor, other: Survivor): boolean {
  return one.file === other.file && one.source === other.source && one.changedTo === other.changedTo
}

/** The survivors without a reason, and the reasons without a survivor. */
export function compareSurvivors(survivors: readonly Survivor[], acceptedSurvivors: readonly AcceptedSurvivor[]) {
  return {
    unexcused: survivors.filter((survivor) => !acceptedSurvivors.some((excuse) => isSame(excuse, survivor))),
    stale: acceptedSurvivors.filter((excuse) => !survivors.some((survivor) => isSame(survivor, excuse))),
  }
}
