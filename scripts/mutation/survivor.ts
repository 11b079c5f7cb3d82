/** A change to the code that no test noticed. */
export interface Survivor {
  readonly file: string
  /** The source as it is, and what it was changed to. */
  readonly source: string
  readonly changedTo: string
}

/** A survivor that may stay one, because of this. */
export interface AcceptedSurvivor extends Survivor {
  readonly reason: string
}

function isSame(one: Survivor, other: Survivor): boolean {
  return one.file === other.file && one.source === other.source && one.changedTo === other.changedTo
}

/** The survivors without a reason, and the reasons whose survivor is gone. */
export function compareSurvivors(survivors: readonly Survivor[], acceptedSurvivors: readonly AcceptedSurvivor[]) {
  return {
    unexcused: survivors.filter((survivor) => !acceptedSurvivors.some((excuse) => isSame(excuse, survivor))),
    stale: acceptedSurvivors.filter((excuse) => !survivors.some((survivor) => isSame(survivor, excuse))),
  }
}
