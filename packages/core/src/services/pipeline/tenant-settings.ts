import type { Settings } from '../../model/tenant.js'

/** The settings of tenants, as the host's schema has them. */
export interface TenantSettings {
  readonly keys: readonly string[]
  /** The keys of the settings that name an image. */
  readonly images: readonly string[]
  /** What a tenant has that has set nothing. */
  readonly defaults: Settings
  /** What is stored, with the defaults of what is not. A stored value that does not fit any more is as if it were not there. */
  read(stored: Settings): Settings
  /**
   * What of the settings is to be stored: all that differs from its default. Of what was stored before, keys that the
   * schema does not have stay: another process may have a newer schema.
   */
  toStored(settings: Settings, before?: Settings): Settings
  /**
   * The settings after a change, and what of it was named; `null` is the default.
   *
   * @throws {TenancyError} `invalid_input` naming the setting that is unknown or does not fit.
   */
  change(settings: Settings, changes: Settings): { readonly settings: Settings; readonly named: Settings }
}

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
