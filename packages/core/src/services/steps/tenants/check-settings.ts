import { TenancyError } from '../../../errors.js'
import type { Settings } from '../../../model/tenant.js'
import type { Context } from '../../pipeline/context.js'

/** Rejects settings that the host's check has a problem with. */
export async function checkSettings(
  context: Pick<Context, 'checkSettings'>,
  given: { readonly settings: Settings; readonly userId: string },
): Promise<void> {
  const problem = await context.checkSettings?.(given)
  if (!problem) return
  const field = `settings.${problem.setting}`
  throw new TenancyError('setting_rejected', `${field}: ${problem.message}`, { field })
}

/** Whether there is anything for the host's check to look at. */
export function needsCheck(context: Pick<Context, 'checkSettings'>, settings: Settings = {}): boolean {
  return (
    context.checkSettings !== null && Object.values(settings).some((value) => value !== undefined && value !== null)
  )
}
