import { z } from 'zod'
import { line } from './id.js'

export const LabelKind = z.string().regex(/^[a-z][a-z0-9_]{0,31}$/, 'must be a kind of label, such as category')

/** Labels as they are given: a kind without any is there, and a label may come twice. */
export const LabelsInput = z.record(LabelKind, z.array(line(100)).max(20, 'must be at most 20 labels'))

/**
 * Words by which a thing is found and counted, by kind: `{ category: ['Cloning'], tag: ['pcr', 'draft'] }`. At most ten
 * kinds with twenty labels each, of at most 100 characters. A label that comes twice counts once; their order is kept.
 */
export const Labels = LabelsInput.transform((labels) =>
  Object.fromEntries(
    Object.entries(labels).flatMap(([kind, names]) => (names.length > 0 ? [[kind, [...new Set(names)]] as const] : [])),
  ),
).refine((labels) => Object.keys(labels).length <= 10, 'must be at most 10 kinds of labels')
export type Labels = Readonly<Record<string, readonly string[]>>

/** How many things bear a label. */
export interface LabelCount {
  readonly label: string
  readonly count: number
}
