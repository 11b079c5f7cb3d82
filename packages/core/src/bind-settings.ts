import { bindScope } from './bind-scope.js'
import type { Deferred } from './bind-scope.js'
import type { Scope } from './services/pipeline/command.js'

/** A change of settings: `null` is the default, and what is left out stays. */
type SettingsChange<Values> = { readonly [Key in keyof Values]?: Values[Key] | null | undefined }

/** An input whose settings are those that the host's schema declares. */
export type Takes<Input, Values> = Input extends object
  ? {
      [Key in keyof Input]: Key extends 'settings'
        ? SettingsChange<Values> | Extract<Input[Key], undefined>
        : Input[Key]
    }
  : Input

/** A result with the settings that the host's schema declares, in the tenant that it is, has or lists. */
export type Shows<Result, Values> = Result extends readonly (infer Item)[]
  ? readonly Shows<Item, Values>[]
  : Result extends object
    ? {
        [Key in keyof Result]: Key extends 'settings'
          ? Values
          : Key extends 'tenant' | 'items'
            ? Shows<Result[Key], Values>
            : Result[Key]
      }
    : Result

/** Methods are compared loosely, so that a tenancy with settings of its own is still one of any settings. */
interface Call<Input, Result> {
  call(
    ...input: undefined extends Input
      ? [input?: Input]
      : Record<never, never> extends Input
        ? [input?: Input]
        : [input: Input]
  ): Promise<Result>
}

/** Fixes who calls, and types the settings of tenants by the host's schema. */
export function bindSettings<Values, In extends Scope>(scope: Deferred<In>) {
  return <Input, Result>(
    useCase: (scope: In, input: Input) => Promise<Result>,
  ): Call<Takes<Input, Values>, Shows<Result, Values>>['call'] =>
    // The use case checks settings by the schema, and every tenant that is read was read by it.
    bindScope(scope, useCase) as never
}
