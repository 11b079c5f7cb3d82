import { TenancyError } from '../../../errors.js'
import type { Settings } from '../../../model/tenant.js'
import type { Context } from '../../pipeline/context.js'

/** What is wrong with a setting, for whoever set it. */
export interface SettingProblem {
  /** The key of the setting. */
  readonly setting: string
  readonly message: string
}

/**
 * Checks settings by more than their schema, such as by a catalogue of the host's. It gets those that are being set, and
 * the user whose choice they are: the new owner, the member who changes them, or the owner where an operator does. It is
 * called outside any transaction, for somebody who may change them.
 */
export type CheckSettings<Values = Settings> = Check<Values>['check']

/** A method is compared loosely: a check of some settings is still one of any settings. */
interface Check<Values> {
  check(given: {
    readonly settings: Readonly<Partial<Values>>
    readonly userId: string
  }): SettingProblem | null | undefined | Promise<SettingProblem | null | undefined>
}

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
