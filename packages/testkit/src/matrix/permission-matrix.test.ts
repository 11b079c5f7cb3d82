import { describe, expect, test } from 'vitest'
import { diffMatrices } from './diff-matrices.js'
import { permissionMatrix } from './permission-matrix.js'

const resources = { invoice: { verbs: ['read', 'approve'], owner: ['read', 'approve'] } } as const
const clerk = { rank: 15, name: 'Clerk', permissions: ['tenant:read', 'invoice:read'] }
const rules = { resources, roles: { clerk } }
const few = { permissions: ['tenant:read', 'invoice:read', 'invoice:approve'] }

describe('a matrix of permissions', () => {
  test('says who may do what, and where only the owner of a thing may', () => {
    const { rows, roles } = permissionMatrix(rules)
    const approve = rows.find(({ permission }) => permission === 'invoice:approve')
    expect(approve?.cells).toMatchObject({ owner: 'yes', admin: 'yes', clerk: 'own', viewer: 'own' })
    expect(rows.find(({ permission }) => permission === 'tenant:archive')?.cells).toMatchObject({
      owner: 'yes',
      admin: 'no',
    })
    expect(roles.map(({ rank }) => rank)).toEqual([50, 40, 20, 15, 10])
  })

  test('as text', () => {
    expect(permissionMatrix(rules, few).toText()).toBe(`\
                 owner  admin  member  clerk  viewer
rank             50     40     20      15     10
tenant:read      yes    yes    yes     yes    yes
invoice:read     yes    yes    yes     yes    yes
invoice:approve  yes    yes    own     own    own
`)
  })

  test('as Markdown, in which a label stays in its cell', () => {
    const labels = { 'invoice:approve': 'Approve | *sign*' }
    expect(permissionMatrix(rules, { permissions: ['tenant:archive', 'invoice:approve'], labels }).toMarkdown()).toBe(
      `\
|  | \`owner\` | \`admin\` | \`member\` | \`clerk\` | \`viewer\` |
| --- | --- | --- | --- | --- | --- |
| \`tenant:archive\` | yes |  |  |  |  |
| Approve \\| \\*sign\\* | yes | yes | own | own | own |`,
    )
  })

  test('as Markdown, in which code in a label keeps its characters', () => {
    const labels = { 'invoice:approve': 'Some_label of `join_request:read`, `a|b`' }
    expect(permissionMatrix(rules, { permissions: ['invoice:approve'], labels }).toMarkdown()).toContain(
      '| Some\\_label of `join_request:read`, `a\\|b` |',
    )
  })

  test('as a page that names its rows and columns, and in which no name becomes markup', () => {
    const named = { resources, roles: { clerk: { ...clerk, name: '<script>"C&A\'' } } }
    const html = permissionMatrix(named, few).toHtml({ title: 'Roles <of> Acme' })
    expect(html).toContain('<th scope="row">invoice:approve</th>')
    expect(html).toContain('<th scope="col" id="clerk">&lt;script&gt;&quot;C&amp;A&#39;<br>')
    expect(html).toContain('<title>Roles &lt;of&gt; Acme</title>')
    expect(html).not.toMatch(/<script|<link|src=|url\(/)
  })

  test('is the same each time', () => {
    expect(permissionMatrix(rules).toHtml()).toBe(permissionMatrix(rules).toHtml())
  })

  test('knows only permissions that are declared', () => {
    expect(() => permissionMatrix(rules, { permissions: ['invoice:burn'] })).toThrow(/nobody declares "invoice:burn"/)
    expect(() => permissionMatrix(rules, { labels: { 'invoice:burn': 'Burn' } })).toThrow(TypeError)
  })
})

describe('the difference of two matrices', () => {
  const changed = (roles: object, other: object = resources) =>
    diffMatrices(permissionMatrix(rules), permissionMatrix({ resources: other, roles } as typeof rules)).map(
      ({ sentence }) => sentence,
    )

  test('is nothing where nobody may do more or less', () => {
    expect(changed({ clerk: { ...clerk, name: 'Scribe' } })).toEqual([])
  })

  test('tells what is given and taken, and what stays with the owner of a thing', () => {
    const permissions = ['invoice:approve', 'member:read']
    expect(changed({ clerk: { ...clerk, permissions } })).toEqual([
      'tenant:read is taken from "clerk".',
      'member:read is given to "clerk".',
      'invoice:read is taken from "clerk", beyond what they own.',
      'invoice:approve is given to "clerk", beyond what they own.',
    ])
  })

  test('tells whom exceptions restrict no more, and whom from now on', () => {
    const all = { ...clerk, permissions: ['tenant:read', 'invoice:*'] }
    const before = permissionMatrix({ resources, roles: { clerk: all } })
    const after = permissionMatrix({ resources, roles: { clerk: { ...all, unrestricted: true } } })
    expect(diffMatrices(before, after)).toEqual([
      {
        kind: 'becomes_full',
        role: 'clerk',
        permission: null,
        sentence: 'No exception restricts a member with the role "clerk" any more.',
      },
    ])
    expect(diffMatrices(after, before)).toMatchObject([{ kind: 'ceases_full', role: 'clerk', permission: null }])
  })

  test('reads no role into what every object has', () => {
    const constructor = { rank: 5, name: 'Constructor', permissions: [] }
    expect(changed({ clerk, constructor })).toEqual([
      'The role "constructor" is new, of rank 5.',
      'invoice:read is given to "constructor", on what they own.',
      'invoice:approve is given to "constructor", on what they own.',
    ])
  })

  test('tells roles that come, go and change their rank', () => {
    expect(changed({ scribe: { rank: 5, name: 'Scribe', permissions: [] } })).toEqual([
      'The role "scribe" is new, of rank 5.',
      'The role "clerk" is gone.',
      'tenant:read is taken from "clerk".',
      'invoice:read is given to "scribe", on what they own.',
      'invoice:read is taken from "clerk".',
      'invoice:approve is given to "scribe", on what they own.',
      'invoice:approve is taken from "clerk", on what they own.',
    ])
    expect(changed({ clerk: { ...clerk, rank: 25 } })).toEqual(['The rank of "clerk" rises from 15 to 25.'])
  })

  test('is data, too', () => {
    const before = permissionMatrix(rules)
    const after = permissionMatrix({
      resources,
      roles: { clerk: { ...clerk, permissions: ['*:read', 'tenant:read', 'invoice:approve'] } },
    })
    expect(diffMatrices(before, after)).toEqual([
      {
        kind: 'gives',
        role: 'clerk',
        permission: 'invoice:approve',
        sentence: 'invoice:approve is given to "clerk", beyond what they own.',
      },
    ])
  })
})
