/** The input of a use case, as its schema takes it. */
export type InputOf<UseCase extends (scope: never, input: never) => unknown> = Exclude<
  Parameters<UseCase>[1],
  undefined
>
