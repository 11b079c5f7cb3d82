import { z } from 'zod'

/** Words in field names that suggest identity, authorization or type. */
// prettier-ignore
const STANDING = [
  'role', 'roles', 'tenant', 'workspace', 'organization', 'user', 'account', 'member', 'owner', 'status', 'email', 'superuser', 'admin', 'developer',
  'permissions', 'password', 'proto', 'constructor', 'prototype',
]
/** Words in the field names of the model. */
// prettier-ignore
const KEPT = [
  ...STANDING, 'id', 'ids', 'users', 'emails', 'members', 'rank', 'permission', 'override', 'overrides', 'active', 'plan', 'slug', 'setting', 'settings',
  'name', 'language', 'hash', 'created', 'expires', 'expiry', 'inviter', 'invited', 'invite', 'token', 'code', 'phase', 'seq', 'actor', 'issuer',
  'subject', 'limit', 'credit', 'key', 'secret', 'visibility', 'shared', 'join', 'policy', 'accept', 'unrestricted', 'custom',
]

/** Whether the name of a free-form field suggests identity or authorization. */
export function saysWho(name: string): boolean {
  return wordsOf(name).some((word) => STANDING.includes(word))
}

/**
 * Removes undeclared fields from a body and the rows of its lists, because clients send more than the API needs.
 * Undeclared fields whose names suggest identity or authorization are kept, so that the schema rejects them.
 */
export function withoutUnknown(schema: unknown, value: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return withoutUnknown(schema.unwrap(), value)
  if (schema instanceof z.ZodArray && Array.isArray(value))
    return value.map((one) => withoutUnknown(schema.element, one))
  if (schema instanceof z.ZodUnion) {
    const objects = schema.options.filter((option) => option instanceof z.ZodObject)
    return objects.length === 1 ? withoutUnknown(objects[0], value) : value
  }
  if (!(schema instanceof z.ZodObject) || !isStrict(schema) || !isObject(value)) return value
  const { shape } = schema
  const kept = Object.entries(value).filter(([name]) => Object.hasOwn(shape, name) || matters(name))
  return Object.fromEntries(
    kept.map(([name, field]) => [name, Array.isArray(field) ? withoutUnknown(shape[name], field) : field]),
  )
}

function matters(name: string): boolean {
  return wordsOf(name).some((word) => KEPT.includes(word))
}

/** Splits a name: `isAdminInTenant`, `is_admin_in_tenant` and `is-admin-in-tenant` have the same words. */
function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
}

function isStrict(schema: z.ZodObject): boolean {
  return schema.def.catchall instanceof z.ZodNever
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
