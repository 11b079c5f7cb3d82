import type { Page } from '../../../model/page.js'
import { PageInput, pageRequest, toPage } from '../../../model/page.js'
import type { DeadLetter } from '../../../storage/event-delivery-port.js'
import { globalQuery } from '../../pipeline/query.js'

/** Events that could not be delivered, latest death first. For operators. */
export const listDeadLetters = globalQuery({
  input: PageInput.prefault({}),
  who: 'operator',
  async run({ read }, input): Promise<Page<DeadLetter>> {
    const rows = await read.eventDelivery.listDeadLetters({ page: pageRequest(input) })
    return toPage(
      input,
      rows,
      ({ diedAt, id }) => ({ at: diedAt, id }),
      () => read.eventDelivery.countDeadLetters(),
    )
  },
})
