import type { Page } from '../../model/page.js'
import { PageInput, pageRequest, toPage } from '../../model/page.js'
import type { DeadEvent } from '../../storage/relay-port.js'
import { directoryQuery } from '../query.js'

/** Events that could not be delivered, latest death first. For operators. */
export const listDeadEvents = directoryQuery({
  input: PageInput.prefault({}),
  who: 'operator',
  async run({ read }, input): Promise<Page<DeadEvent>> {
    const rows = await read.relay.listDead({ page: pageRequest(input) })
    return toPage(
      input,
      rows,
      ({ diedAt, id }) => ({ at: diedAt, id }),
      () => read.relay.countDead(),
    )
  },
})
