import type { operations } from './generated/tenancy-types.js'

/** An operation of the `tenancy` API, by its ID in the OpenAPI document. */
export type OperationId = keyof operations

type Operation<Id extends OperationId> = operations[Id]

/** The input of an operation as one object: path parameters, query, body and declared headers. */
export type Input<Id extends OperationId, Bound extends string = never> = Fields<
  Omit<Part<Operation<Id>['parameters'], 'path'>, Bound> &
    Part<Operation<Id>['parameters'], 'query'> &
    Headers<Part<Operation<Id>['parameters'], 'header'>> &
    Body<Operation<Id>>
>

/** The input for reading all pages of a list: `limit` is the page size. */
export type AllInput<Id extends OperationId, Bound extends string = never> = Omit<Input<Id, Bound>, 'cursor'>

/** The result of an operation: its JSON, a `Blob` for any other content type, or nothing. */
export type Output<Id extends OperationId> = Content<Success<Operation<Id>['responses']>>

/** The item type of a list. */
export type Item<Id extends OperationId> = Output<Id> extends { readonly items: readonly (infer One)[] } ? One : never

/** A result that can be changed with `ifMatch`. */
export type Versioned<State> = State & {
  /**
   * The version of the result, for `ifMatch`. `null` in a browser if the API is on another origin and does not list
   * `ETag` in
   * `Access-Control-Expose-Headers`.
   */
  readonly etag: string | null
}

/** Options of one call. */
export interface CallOptions {
  readonly signal?: AbortSignal
  /** In addition to the client's headers. */
  readonly headers?: Readonly<Record<string, string>>
}

/** An operation without input accepts no argument but options. */
type Fields<Shape> = keyof Shape extends never
  ? { readonly [Name in string]: never }
  : { readonly [Name in keyof Shape]: Field<Shape[Name]> | (object extends Pick<Shape, Name> ? undefined : never) }

/** A boolean query parameter is a boolean in the input. */
type Field<Value> = [Exclude<Value, undefined>] extends ['true' | 'false'] ? boolean : Value

type Part<Parameters, Place extends string> = Parameters extends { readonly [Name in Place]?: infer Shape }
  ? [Exclude<Shape, undefined>] extends [never]
    ? object
    : Exclude<Shape, undefined>
  : object

type Headers<Declared> = {
  readonly [
    Name in keyof Declared as Name extends 'if-match'
      ? 'ifMatch'
      : Name extends 'idempotency-key'
        ? 'idempotencyKey'
        : Name
  ]: Declared[Name] | (Name extends 'if-match' ? null : never)
}

type Body<Of> = Of extends { readonly requestBody?: infer Request }
  ? [Exclude<Request, undefined>] extends [never]
    ? object
    : Exclude<Request, undefined> extends { readonly content: infer Media }
      ? Media extends { readonly 'application/json': infer Json }
        ? Json
        : Media extends { readonly 'multipart/form-data': infer Form }
          ? { readonly [Name in keyof Form]: Blob }
          : never
      : never
  : object

type Success<Responses> = Responses[keyof Responses & (200 | 201 | 204)]

type Content<Response> = Response extends { readonly content: infer Media }
  ? Media extends { readonly 'application/json': infer Json }
    ? Json
    : Blob
  : undefined
