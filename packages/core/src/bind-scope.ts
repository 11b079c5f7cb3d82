/** A scope, or how to load it when a call needs it. */
export type Deferred<S> = S | (() => Promise<S>)

/** Binds the scope and returns a function of the input, which may be left out where all of it may. */
export function bindScope<S extends object, Input, Result>(
  scope: Deferred<S>,
  useCase: (scope: S, input: Input) => Promise<Result>,
) {
  return async (...input: MayBeAbsent<Input> extends true ? [input?: Input] : [input: Input]): Promise<Result> =>
    // An absent input is `undefined`, which is read as an empty one where the condition allows it.
    useCase(typeof scope === 'function' ? await scope() : scope, input[0] as Input)
}

type MayBeAbsent<Input> = undefined extends Input ? true : Record<never, never> extends Input ? true : false
