/** `yes`: on every resource that is not private. `own`: on what the member owns, and on nothing else. `no`: never. */
export type MatrixCell = 'yes' | 'own' | 'no'

export interface MatrixRole {
  readonly key: string
  readonly name: string
  readonly rank: number
  readonly unrestricted: boolean
}

export interface MatrixRow {
  readonly permission: string
  /** What a table shows in the place of the permission's name. */
  readonly label: string
  /** By the key of the role. */
  readonly cells: Readonly<Record<string, MatrixCell>>
}

/** The cells of a matrix, which each format shows. */
export interface MatrixTable {
  /** The highest rank first; of the same rank, in the order of declaration. */
  readonly roles: readonly MatrixRole[]
  readonly rows: readonly MatrixRow[]
}
