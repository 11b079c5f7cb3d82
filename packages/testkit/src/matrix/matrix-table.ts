import type { PermissionMatrix } from './permission-matrix.js'

/** What there is to show of a matrix. */
export type MatrixTable = Pick<PermissionMatrix, 'roles' | 'rows'>
