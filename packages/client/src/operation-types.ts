import type { operations } from './generated/tenancy-types.js'

/** An operation of our own API, by the ID in its OpenAPI document. */
export type OperationId = keyof operations

type Operation<Id extends OperationId> = operations[Id]

/** What all of an operation’s input is, in one object: its path, query, body, and the headers that it declares. */
export type Input<Id extends OperationId, Bound extends string = never> = Fields<
  Omit<Part<Operation<Id>['parameters'], 'path'>, Bound> &
    Part<Operation<Id>['parameters'], 'query'> &
    Headers<Part<Operation<Id>['parameters'], 'header'>> &
    Body<Operation<Id>>
>

/** The input of a list of which every page is read: `limit` is the size of a page. */
export type AllInput<Id extends OperationId, Bound extends string = never> = Omit<Input<Id, Bound>, 'cursor'>

/** What an operation gives: its JSON, a `Blob` of any other content, or nothing. */
export type Output<Id extends OperationId> = Content<Success<Operation<Id>['responses']>>

/** What a list is of. */
export type Item<Id extends OperationId> = Output<Id> extends { readonly items: readonly (infer One)[] } ? One : never

/** A state that can be changed. */
export type Versioned<State> = State & {
  /**
   * Which state it is, for `ifMatch`. `null` in a browser if the API is on another origin and does not list `ETag` in
   * `Access-Control-Expose-Headers`.
   */
  readonly etag: string | null
}

/** Of one call. */
export interface CallOptions {
  readonly signal?: AbortSignal
  /** Besides those of the client. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Without anything to input, nothing is accepted. */
type Fields<Shape> = keyof Shape extends never
  ? { readonly [Name in string]: never }
  : { readonly [Name in keyof Shape]: Field<Shape[Name]> | (object extends Pick<Shape, Name> ? undefined : never) }

/** A flag of a query is a boolean here. */
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
