import type { Page } from '../../../model/page.js'
import { PageInput, pageRequest, toPage } from '../../../model/page.js'
import type { QueuedEmail } from '../../../model/queued-email.js'
import { globalQuery } from '../../pipeline/query.js'

/** A mail that gave up, without its content. */
export type DeadEmail = Pick<
  QueuedEmail,
  'id' | 'tenantId' | 'kind' | 'recipient' | 'attempts' | 'lastError' | 'createdAt'
>

/** Mails that gave up, newest first. For operators. */
export const listDeadEmails = globalQuery({
  input: PageInput.prefault({}),
  who: 'operator',
  async run({ read }, input): Promise<Page<DeadEmail>> {
    const rows = await read.emails.listDeadLetters({ page: pageRequest(input) })
    return toPage(
      input,
      rows.map(withoutContent),
      ({ createdAt, id }) => ({ at: createdAt, id }),
      () => read.emails.countDeadLetters(),
    )
  },
})

function withoutContent({ id, tenantId, kind, recipient, attempts, lastError, createdAt }: QueuedEmail): DeadEmail {
  return { id, tenantId, kind, recipient, attempts, lastError, createdAt }
}
