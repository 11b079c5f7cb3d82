import { describe, expectTypeOf, test } from 'vitest'
import type { Tenancy } from './create-tenancy.js'
import type { ExternalSubject } from './model/external-token.js'
import type { Actor } from './services/pipeline/actor.js'
import type { Bearer } from './services/use-cases/tokens/authenticate-access-token.js'

declare const tenancy: Tenancy
declare const bearer: Bearer
declare const subject: ExternalSubject

describe('an external subject', () => {
  test('is no actor', () => {
    expectTypeOf<ExternalSubject>().not.toExtend<Actor>()
    expectTypeOf<Extract<Bearer, { kind: 'external' }>>().not.toExtend<Actor>()
    // @ts-expect-error -- a subject has no user's id
    tenancy.as(subject)
  })

  test('has no user to be taken for', () => {
    // @ts-expect-error -- a bearer is a user's only after asking
    tenancy.as({ userId: bearer.user.id })
    if (bearer.kind === 'account') tenancy.as({ userId: bearer.user.id })
    // @ts-expect-error -- and an external one's token names none
    else tenancy.as({ userId: bearer.token.userId })
  })

  test('has its own tokens, and nothing else', () => {
    expectTypeOf<keyof ReturnType<Tenancy['asExternal']>>().toEqualTypeOf<'accessTokens'>()
    expectTypeOf<keyof ReturnType<Tenancy['asExternal']>['accessTokens']>().toEqualTypeOf<'list' | 'revoke'>()
  })
})
