import { isTenancyError, TenancyError } from '../../../errors.js'
import { emailProblem, parseEmail } from '../../../model/email.js'
import type { Email } from '../../../model/email.js'

/** One address as it was asked for, and what came of it. */
export type AddressResult<Done> = { readonly email: string } & (
  { readonly done: Done } | { readonly error: TenancyError }
)

/** Does the same for each address of a list; one that is refused fails alone. The same address twice is one. */
export async function eachAddress<Asked extends { readonly email: string }, Done>(
  asked: readonly Asked[],
  field: string,
  act: (email: Email, asked: Asked) => Promise<Done>,
): Promise<readonly AddressResult<Done>[]> {
  const results: AddressResult<Done>[] = []
  const seen = new Set<string>()
  for (const one of asked) {
    const email = parseEmail(one.email)
    const label = email?.emailKey ?? one.email
    if (seen.has(label)) continue
    seen.add(label)
    try {
      if (!email) throw new TenancyError('invalid_email', `${field}: ${emailProblem(one.email)}`, { field })
      results.push({ email: email.email, done: await act(email, one) })
    } catch (error) {
      if (!isTenancyError(error)) throw error
      results.push({ email: email?.email ?? one.email, error })
    }
  }
  return results
}
