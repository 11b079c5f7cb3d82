import { isTenancyError } from '@tenantry/core'
import type { ErrorCode } from '@tenantry/core'

/** What came of a call: its result, or the code it was refused with. */
export type Response<Result> = { readonly result: Result } | { readonly refused: ErrorCode }

/** Any other error is none that the library promised, and is thrown. */
export async function answerOf<Result>(act: () => Promise<Result>): Promise<Response<Result>> {
  try {
    return { result: await act() }
  } catch (error) {
    if (isTenancyError(error)) return { refused: error.code }
    throw error
  }
}
