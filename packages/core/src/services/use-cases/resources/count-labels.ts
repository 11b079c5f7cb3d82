import { z } from 'zod'
import { LabelKind } from '../../../model/labels.js'
import type { LabelCount } from '../../../model/labels.js'
import { tenantQuery } from '../../pipeline/query.js'
import { ownIdOf, readableOf } from '../../steps/resources/load-resource.js'
import { requireType } from '../../steps/resources/resource-input.js'

/** How many of the resources that the caller may know of bear each label of a kind, the most frequent first. */
export const countLabels = tenantQuery({
  input: z.strictObject({
    type: z.string(),
    kind: LabelKind,
    /** How many labels at most. */
    limit: z.int().min(1).max(1000).default(100),
  }),
  permission: null,
  async run(step, { type, kind, limit }): Promise<readonly LabelCount[]> {
    const { read, tenantId } = step
    requireType(step.context, type)
    const { own, others } = readableOf(step, type)
    if (!own && !others) return []
    const show = others ? 'both' : 'own'
    return read.resources.countLabels({ tenantId, type, userId: ownIdOf(step), show, kind, limit })
  },
})
