import type { Page } from '../../model/page.js'
import { PageInput, pageRequest, toPage } from '../../model/page.js'
import type { QueuedMail } from '../../model/queued-mail.js'
import { directoryQuery } from '../query.js'

/** A mail that gave up, without its content. */
export type DeadMail = Pick<
  QueuedMail,
  'id' | 'tenantId' | 'kind' | 'recipient' | 'attempts' | 'lastError' | 'createdAt'
>

/** Mails that gave up, newest first. For operators. */
export const listDeadMails = directoryQuery({
  input: PageInput.prefault({}),
  who: 'operator',
  async run({ read }, input): Promise<Page<DeadMail>> {
    const rows = await read.mails.listDead({ page: pageRequest(input) })
    return toPage(
      input,
      rows.map(withoutContent),
      ({ createdAt, id }) => ({ at: createdAt, id }),
      () => read.mails.countDead(),
    )
  },
})

function withoutContent({ id, tenantId, kind, recipient, attempts, lastError, createdAt }: QueuedMail): DeadMail {
  return { id, tenantId, kind, recipient, attempts, lastError, createdAt }
}
