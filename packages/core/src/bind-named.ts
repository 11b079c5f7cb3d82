import { bindScope } from './bind-scope.js'
import type { Deferred } from './bind-scope.js'
import type { RoleName } from './model/role-name.js'
import type { TenantScope } from './services/pipeline/command.js'

/** An input whose roles and metadata are those that the host declares. */
export type Named<Input, Role extends string, Metadata> = Input extends readonly (infer Item)[]
  ? readonly Named<Item, Role, Metadata>[]
  : Input extends object
    ? {
        [Key in keyof Input]: Key extends 'role'
          ? RoleName<Role> | Extract<Input[Key], undefined>
          : Key extends 'roles'
            ? RolesOf<Input[Key], Role>
            : Key extends 'metadata'
              ? Metadata | Extract<Input[Key], null | undefined>
              : Key extends 'members' | 'member' | 'items'
                ? Named<Input[Key], Role, Metadata>
                : Input[Key]
      }
    : Input

/** A list of roles, or by role whether it is held. */
type RolesOf<Roles, Role extends string> = Roles extends readonly string[]
  ? readonly RoleName<Role>[]
  : Roles extends Readonly<Record<string, boolean>>
    ? { readonly [Key in RoleName<Role>]?: boolean }
    : Roles

/** Methods are compared loosely, so that a tenancy with names of its own is still one of any names. */
interface Call<Input, Result> {
  call(...input: undefined extends Input ? [input?: Input] : [input: Input]): Promise<Result>
}

/** Fixes who calls, and types roles and metadata by what the host declares. */
export function bindNamed<Role extends string, Metadata>(scope: Deferred<TenantScope>) {
  return <Input, Result>(
    useCase: (scope: TenantScope, input: Input) => Promise<Result>,
  ): Call<Named<Input, Role, Metadata>, Named<Result, Role, Metadata>>['call'] =>
    // What is given is narrower than what the use case takes. What is read was written under the same names.
    bindScope(scope, useCase) as never
}
