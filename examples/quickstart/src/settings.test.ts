import path from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { readSettings } from './settings.js'
import { StartError } from './start-error.js'

describe('DATABASE_URL', () => {
  test.each([
    ['data/app.db', path.resolve('data/app.db')],
    ['sqlite:data/app.db', path.resolve('data/app.db')],
    ['file:data/app.db', path.resolve('data/app.db')],
    ['sqlite:///var/app.db', '/var/app.db'],
    ['file:///var/app.db', '/var/app.db'],
    ['sqlite::memory:', ':memory:'],
  ])('%s is the SQLite file %s', (url, filename) => {
    expect(readSettings({ DATABASE_URL: url }).database).toEqual({ kind: 'sqlite', filename })
  })

  test.each(['postgres://ann@db.example/app', 'postgresql://ann@db.example/app'])('%s is PostgreSQL', (url) => {
    expect(readSettings({ DATABASE_URL: url }).database).toEqual({ kind: 'postgres', connectionString: url })
  })

  it('defaults to a file below the example when it is absent or empty', () => {
    const expected = { kind: 'sqlite', filename: path.resolve(import.meta.dirname, '../data/quickstart.sqlite') }
    expect(readSettings({}).database).toEqual(expected)
    expect(readSettings({ DATABASE_URL: '' }).database).toEqual(expected)
  })

  test.each([
    ['mysql', 'mysql://ann:geheim@db.example/app'],
    ['postgres', 'postgres:/ann:geheim@db.example/app'],
    ['postgresql', 'postgresql:ann:geheim@db.example/app'],
  ])('with the scheme %s and no address of ours is refused without telling its password', (scheme, url) => {
    const read = () => readSettings({ DATABASE_URL: url })
    expect(read).toThrow(StartError)
    expect(read).toThrow(`DATABASE_URL: "${scheme}:" is unknown`)
    expect(read).not.toThrow(/geheim/)
  })
})

test.each([
  ['PORT', '70000'],
  ['PORT', '-1'],
  ['PORT', '80a'],
  ['TENANTRY_SECRET', 'too short'],
  ['SMTP_URL', 'mail.example'],
  ['PUBLIC_URL', 'javascript:alert(1)'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s is refused by its name', (name, value) => {
  expect(() => readSettings({ [name]: value })).toThrow(StartError)
  expect(() => readSettings({ [name]: value })).toThrow(name)
})

test('links start with PUBLIC_URL, with or without a trailing slash', () => {
  expect(readSettings({ PUBLIC_URL: 'https://app.example/' }).publicUrl).toBe('https://app.example')
  expect(readSettings({ PUBLIC_URL: 'https://app.example/team' }).publicUrl).toBe('https://app.example/team')
})

test.each([
  ['/var/app.db', '/var/app.db-secret'],
  [':memory:', null],
  ['postgres://ann@db.example/app', path.resolve(import.meta.dirname, '../data/postgres-secret')],
])('the secret made for %s is kept in %s', (url, file) => {
  expect(readSettings({ DATABASE_URL: url }).secretFile).toBe(file)
})
