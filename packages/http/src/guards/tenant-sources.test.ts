import { describe, expect, it } from 'vitest'
import { hostnameOf } from './hostname.js'
import { firstOf, fromDomain, fromHeader, fromPath, fromSubdomain, idOrSlug } from './tenant-sources.js'
import type { TenantSource } from './tenant-sources.js'

const id = '01999999-7777-7abc-8def-000000000001'

async function named(source: TenantSource<unknown>, request: { url?: string; host?: string | null; header?: string }) {
  const { url = '/', host = null, header = null } = request
  const context = { tenancy: null as never, actor: { userId: 'ann' } }
  return source({ url, host, header: () => header, native: null }, context)
}

describe('hostnameOf', () => {
  it.each([
    ['acme.app.example.com', 'acme.app.example.com'],
    ['ACME.App.Example.COM', 'acme.app.example.com'],
    ['acme.app.example.com:8443', 'acme.app.example.com'],
    ['acme.app.example.com.', 'acme.app.example.com'],
    ['acme.app.example.com.:80', 'acme.app.example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['[::1]:3000', '[::1]'],
    ['evil.example/acme.app.example.com', null],
    ['user@acme.app.example.com', null],
    ['acme.app.example.com#x', null],
    ['acme%2eapp.example.com', null],
    ['a b', null],
    ['acme.app.example.com:99999', null],
    ['.', null],
    ['', null],
  ])('%j is %j', (host, expected) => expect(hostnameOf(host)).toBe(expected))
})

describe('fromSubdomain', () => {
  it.each([
    ['acme.app.example.com', { slug: 'acme' }],
    ['Acme.APP.example.com:443', { slug: 'acme' }],
    ['acme.app.example.com.', { slug: 'acme' }],
    ['app.example.com', null],
    ['.app.example.com', null],
    ['x.acme.app.example.com', null],
    ['acmeapp.example.com', null],
    ['acme.app.example.com.evil.example', null],
    ['acme.app.example.org', null],
    [null, null],
  ])('%j names %j', async (host, expected) =>
    expect(await named(fromSubdomain('app.example.com'), { host })).toEqual(expected),
  )

  it('compares international names in their ASCII form', async () => {
    for (const base of ['bücher.example', 'xn--bcher-kva.example', 'BÜCHER.example.'])
      expect(await named(fromSubdomain(base), { host: 'acme.xn--bcher-kva.example' })).toEqual({ slug: 'acme' })
  })

  it.each(['', 'https://app.example.com', 'app.example.com/x', '[::1]'])('rejects %j as a base', (base) =>
    expect(() => fromSubdomain(base)).toThrow(TypeError),
  )
})

describe('fromPath', () => {
  it.each([
    ['/t/acme', { slug: 'acme' }],
    ['/t/acme/invoices?x=/t/other', { slug: 'acme' }],
    [`/t/${id}/invoices`, id],
    ['/t/%61cme', { slug: 'acme' }],
    ['/t/ACME', 'ACME'],
    ['/t/%', null],
    ['/t/', null],
    ['/t', null],
    ['/x/acme', null],
    ['//t/acme', null],
    ['/?/t/acme', null],
  ])('%j names %j', async (url, expected) => expect(await named(fromPath('/t/:tenant'), { url })).toEqual(expected))

  it.each(['', 't/:tenant', '/t', '/t/:other', '/:x/:tenant', '/t//:tenant', '/t/:tenant/'])(
    'rejects the pattern %j',
    (pattern) => expect(() => fromPath(pattern)).toThrow(TypeError),
  )
})

describe('the other sources', () => {
  it('fromHeader reads an id or a slug', async () => {
    const source = fromHeader('x-tenant')
    expect(await named(source, { header: ' acme ' })).toEqual({ slug: 'acme' })
    expect(await named(source, { header: id })).toBe(id)
    for (const header of ['', '  ']) expect(await named(source, { header })).toBeNull()
  })

  it('fromDomain gets the normalized host name', async () => {
    const source = fromDomain((hostname) => (hostname === 'crm.acme.example' ? id : null))
    expect(await named(source, { host: 'CRM.acme.example.:8080' })).toBe(id)
    expect(await named(source, { host: 'other.example' })).toBeNull()
    expect(await named(source, { host: null })).toBeNull()
  })

  it('firstOf uses the first source that names a tenant', async () => {
    const source = firstOf(fromSubdomain('app.example.com'), fromHeader('x-tenant'))
    expect(await named(source, { host: 'acme.app.example.com', header: 'other' })).toEqual({ slug: 'acme' })
    expect(await named(source, { host: 'app.example.com', header: 'other' })).toEqual({ slug: 'other' })
    expect(await named(source, { host: 'app.example.com' })).toBeNull()
  })

  it.each([
    ['acme', { slug: 'acme' }],
    [id, id],
    ['a', 'a'],
    ['acme_1', 'acme_1'],
    ['ten-1', { slug: 'ten-1' }],
  ])('idOrSlug: %j is %j', (text, expected) => expect(idOrSlug(text)).toEqual(expected))
})
