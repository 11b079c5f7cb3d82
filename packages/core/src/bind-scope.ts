/** Fixes who calls, and leaves what they call with. */
export function bindScope<S, Input, Result>(scope: S, useCase: (scope: S, input: Input) => Promise<Result>) {
  return (...input: undefined extends Input ? [input?: Input] : [input: Input]): Promise<Result> =>
    // An absent input is `undefined`, which the condition above allows only where Input does.
    useCase(scope, input[0] as Input)
}
