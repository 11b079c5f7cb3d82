import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { issueOf } from './issue-of.js'

const User = z.union([z.string(), z.strictObject({ email: z.string(), role: z.enum(['normal', 'admin']).optional() })])
const Users = z.strictObject({ users: z.array(User) })

const fieldOf = (schema: z.ZodType, value: unknown) => {
  const { error } = schema.safeParse(value)
  return error && issueOf(error).path.join('.')
}

describe('issueOf', () => {
  it.each([
    [{ users: ['ann', { email: 'bob', role: 'king' }] }, 'users.1.role'],
    [{ users: [{ email: 7 }] }, 'users.0.email'],
    [{ users: [{ role: 'admin' }] }, 'users.0.email'],
    [{ users: [{ email: 'bob', superuser: true }] }, 'users.0.superuser'],
    [{ users: [7] }, 'users.0'],
    [{ users: null }, 'users'],
    [{}, 'users'],
    [{ users: [], more: 1 }, 'more'],
  ])('of %j names the field, inside unions and arrays, too', (value, field) => {
    expect(fieldOf(Users, value)).toBe(field)
  })

  it('names the field of the member of a union that fits best', () => {
    const Named = z.union([z.strictObject({ userId: z.string() }), z.strictObject({ email: z.email() })])
    expect(fieldOf(Named, { email: 'nobody' })).toBe('email')
  })

  it('keeps what a check says of its own', () => {
    const checked = z.string().transform((_, context) => {
      context.addIssue({ code: 'custom', message: 'is wrong', params: { code: 'invalid_email' } })
      return z.NEVER
    })
    const { error } = z.union([z.object({ id: z.string() }), z.object({ email: checked })]).safeParse({ email: 'x' })
    expect(error && issueOf(error)).toEqual({ path: ['email'], problem: 'is wrong', params: { code: 'invalid_email' } })
  })
})
