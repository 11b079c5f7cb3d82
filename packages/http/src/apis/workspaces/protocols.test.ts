import { memoryStorage } from '@tenantry/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { STORAGES } from '../../testing/storages.js'
import { ask } from '../../testing/workspaces-client.js'
import { PCR, protocolIn } from '../../testing/workspaces-examples.js'
import { createScenario } from '../../testing/scenario.js'
import { snapshot } from '../../testing/snapshot.js'
import type { Person, Scenario } from '../../testing/scenario.js'

const LIST = 'GET /workspaces/{workspace_id}/protocols'
const CREATE = 'POST /workspaces/{workspace_id}/protocols'
const ONE = '/workspaces/{workspace_id}/protocols/{protocol_id}'
const [GET, PUT, DELETE] = [`GET ${ONE}`, `PUT ${ONE}`, `DELETE ${ONE}`]
const [COMMENTS, COMMENT] = [`GET ${ONE}/comments`, `POST ${ONE}/comments`]

let scenario: Scenario
afterEach(() => scenario.close())

interface Acting {
  readonly id: string
  readonly body: object
  readonly query: Readonly<Record<string, string | number>>
}

const act = (as: Person, key: string, { id = '', body, query = {} }: Partial<Acting> = {}) =>
  ask(scenario, key, { as, params: { workspace_id: scenario.acme, protocol_id: id }, body, query })

describe.each(STORAGES)('the protocols of a workspace, on $storage', ({ makeStorage }) => {
  const titles = async (as: Person, query: Acting['query'] = {}) =>
    (await act(as, LIST, { query })).body.items.map(({ title }: { readonly title: string }) => title)

  beforeEach(async () => {
    scenario = await createScenario(makeStorage())
    for (const [as, body] of [
      ['ed', { title: 'b Lysis' }],
      ['bob', { title: 'A Gel' }],
      ['ed', { title: 'C Draft', visibility: 'private' }],
    ] as const) {
      await act(as, CREATE, { body })
      scenario.clock.now += 1000
    }
  })

  it('include the visible ones and the caller’s own', async () => {
    expect(await titles('ed', { order_field: 'name', order_dir: 'asc' })).toEqual(['A Gel', 'b Lysis', 'C Draft'])
    expect(await titles('vic')).toEqual(['A Gel', 'b Lysis'])
    expect([await titles('ed', { filter: 'own' }), await titles('ed', { filter: 'shared' })]).toEqual([
      ['C Draft', 'b Lysis'],
      ['A Gel'],
    ])
    expect([await titles('ed', { key: 'GEL' }), await titles('ed', { key: '%' })]).toEqual([['A Gel'], []])
  })

  it('are sorted by the requested field, such as the last activity', async () => {
    const [, gel] = (await act('vic', LIST, { query: { order_field: 'created_on', order_dir: 'asc' } })).body.items
    const [lysis] = (await act('vic', LIST, { query: { key: 'lysis' } })).body.items
    await act('bob', PUT, { id: gel.id, body: { description: 'Agarose' } })
    scenario.clock.now += 1000
    await act('vic', COMMENT, { id: lysis.id, body: { text: 'How long?' } })
    expect(await titles('vic')).toEqual(['b Lysis', 'A Gel'])
    expect(await titles('vic', { order_field: 'modified_on' })).toEqual(['A Gel', 'b Lysis'])
    expect(await titles('vic', { order_field: 'created_on' })).toEqual(['A Gel', 'b Lysis'])
    expect(await titles('vic', { order_field: 'activity', order_dir: 'asc' })).toEqual(['A Gel', 'b Lysis'])
    const page = await act('ed', LIST, { query: { page_size: 2, page_id: 1, order_field: 'name' } })
    expect(page.body).toMatchObject({ items: [{ title: 'A Gel' }], pagination: { total_results: 3, total_pages: 2 } })
  })

  it.each([
    { filter: 'mine' },
    { order_field: 'title' },
    { order_field: 'name; drop table users' },
    { order_dir: 'DESC' },
    { content_format: 'xml' },
    { key: 'x'.repeat(201) },
    { key: 'a\0b' },
    { sort: 'name' },
  ])('are not listed by %j', async (query) => {
    const error_message: unknown = expect.stringMatching(`^${Object.keys(query).join()}: `)
    expect((await act('vic', LIST, { query })).body).toEqual({ status_code: 400, error_message })
  })
})

describe('a protocol', () => {
  beforeEach(async () => void (scenario = await createScenario(memoryStorage())))

  it('is created by a member, visible to the workspace, and returned as structured parts', async () => {
    const now = new Date(scenario.clock.now).toISOString()
    const { body } = await act('bob', CREATE, { body: PCR })
    expect(body).toEqual({
      ...PCR,
      id: expect.any(String),
      steps: [
        { title: 'Mix', text: '25 µl each' },
        { title: null, text: 'Run **35** cycles' },
      ],
      visibility: 'workspace',
      owner_id: scenario.people.bob.id,
      created_on: now,
      modified_on: now,
      last_activity_on: now,
      content_format: 'json',
    })
    expect((await act('vic', GET, { id: body.id })).body).toEqual(body)
    expect((await act('vic', CREATE, { body: PCR })).body).toMatchObject({ status_code: 403 })
  })

  it('is returned as Markdown and as HTML, with its text escaped', async () => {
    const { id } = (await act('bob', CREATE, { body: { ...PCR, title: 'A *b* <i>c</i>', tags: [] } })).body
    const markdown = (await act('vic', GET, { id, query: { content_format: 'markdown' } })).body
    expect(markdown).toMatchObject({ content_format: 'markdown', title: 'A *b* <i>c</i>' })
    expect(markdown.content).toBe(
      '# A \\*b\\* \\<i\\>c\\<\\/i\\>\n\nFor *E. coli*.\n\n## 1 Mix\n\n25 µl each\n\n## 2\n\nRun **35** cycles\n',
    )
    const { content } = (await act('vic', GET, { id, query: { content_format: 'html' } })).body
    expect(content).toContain('<h1>A *b* &lt;i&gt;c&lt;/i&gt;</h1>')
    expect(content).toContain('<p>For <em>E. coli</em>.</p>')
    const listed = await act('vic', LIST, { query: { content_format: 'html' } })
    expect(listed.body.items[0].content).toBe(content)
  })

  it('is changed by field, also by two concurrent requests', async () => {
    const { id } = (await act('bob', CREATE, { body: PCR })).body
    const [one, other] = await Promise.all([
      act('ed', PUT, { id, body: { description: 'Better.', categories: [] } }),
      act('bob', PUT, { id, body: { steps: [], tags: ['new'], title: 'Quick PCR' } }),
    ])
    expect([one.status, other.status]).toEqual([200, 200])
    expect((await act('vic', GET, { id })).body).toMatchObject({
      title: 'Quick PCR',
      description: 'Better.',
      steps: [],
      categories: [],
      tags: ['new'],
    })
    expect((await act('vic', PUT, { id, body: { title: 'Mine' } })).status).toBe(403)
  })

  it('can only be hidden by its owner, and is then not found for others', async () => {
    const { id } = (await act('bob', CREATE, { body: PCR })).body
    const hide = { id, body: { visibility: 'private' } }
    expect((await act('ed', PUT, hide)).status).toBe(403)
    expect((await act('bob', PUT, hide)).body).toMatchObject({ visibility: 'private' })
    const unknown = await act('ada', GET, { id: '01900000-0000-7000-8000-000000000000' })
    expect((await act('ada', GET, { id })).text).toBe(unknown.text)
    expect(unknown.body).toEqual({ status_code: 404, error_message: 'Protocol not found' })
  })

  it('can be removed by its owner and by admins', async () => {
    const [first, second] = [await protocolIn(scenario, { as: 'bob' }), await protocolIn(scenario)]
    expect((await act('bob', DELETE, { id: second })).status).toBe(403)
    expect((await act('bob', DELETE, { id: first })).status).toBe(204)
    expect((await act('ada', DELETE, { id: second })).status).toBe(204)
    expect((await act('ada', DELETE, { id: second })).status).toBe(404)
  })

  it.each([
    ['title', {}],
    ['title', { title: '' }],
    ['steps.0.text', { title: 'x', steps: [{}] }],
    ['steps.0.owner', { title: 'x', steps: [{ text: 'x', owner: 'me' }] }],
    ['categories', { title: 'x', categories: 'Cloning' }],
    ['categories.1', { title: 'x', categories: ['x', 'a\nb'] }],
    ['tags.0', { title: 'x', tags: [''] }],
    ['visibility', { title: 'x', visibility: 'public' }],
    ['steps', { title: 'x', steps: Array.from({ length: 9 }, () => ({ text: 'x'.repeat(99_000) })) }],
  ])('is refused for its %s', async (field, body) => {
    const before = await snapshot(scenario)
    const refused = await act('bob', CREATE, { body })
    expect(refused.body).toEqual({ status_code: 400, error_message: expect.stringMatching(`^${field}: `) })
    expect(await snapshot(scenario)).toEqual(before)
  })

  it('can be commented on by every user who may read it', async () => {
    const id = await protocolIn(scenario)
    for (const text of ['First', 'Second']) {
      await act('vic', COMMENT, { id, body: { text } })
      scenario.clock.now += 1000
    }
    const { vic } = scenario.people
    const { body } = await act('bob', COMMENTS, { id, query: { page_size: 1 } })
    expect(body.items).toEqual([
      {
        id: expect.any(String),
        author: { id: vic.id, name: null, avatar: null },
        text: 'First',
        created_on: new Date(scenario.clock.now - 2000).toISOString(),
      },
    ])
    expect(body.pagination).toMatchObject({ total_results: 2, next_page: 1 })
    for (const text of ['', ' ', 'x'.repeat(10_001), null]) {
      expect((await act('vic', COMMENT, { id, body: { text } })).status).toBe(400)
    }
  })
})
