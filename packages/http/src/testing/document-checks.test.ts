import { expect, test } from 'vitest'
import { responseProblems, requestProblems, valueProblems } from './document-checks.js'
import type { OpenapiDocument, Operation } from './document-checks.js'

const row = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'], additionalProperties: false }
const operation: Operation = {
  operationId: 'addRow',
  parameters: [
    { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
    { name: 'limit', in: 'query', required: false, schema: { type: 'integer', maximum: 9 } },
  ],
  requestBody: { required: true, content: { 'application/json': { schema: row } } },
  responses: {
    '201': { content: { 'application/json': { schema: row } } },
    '204': {},
    default: { $ref: '#/components/responses/failure' },
  },
}
const failure = { type: 'object', required: ['code'] }
const document: OpenapiDocument = {
  info: { title: 'Test', description: 'Made for this test' },
  servers: [],
  paths: {},
  components: { responses: { failure: { content: { 'application/json': { schema: failure } } } } },
}
const good = { as: null, params: { id: 'a' }, query: { limit: 9 }, body: { id: 'a' } }
const json = new Headers({ 'content-type': 'application/json; charset=utf-8' })

test('a request that matches the document has no problem; every other has one', () => {
  expect(requestProblems(operation, good)).toEqual([])
  const bad = [
    { params: {} },
    { query: { limit: 10 } },
    { query: { limit: 'x' } },
    { query: { other: 1 } },
    { body: undefined },
    { body: {} },
    { body: { id: 1 } },
    { body: { id: 'a', other: 1 } },
    { body: new FormData() },
  ]
  for (const change of bad) expect(requestProblems(operation, { ...good, ...change })).toHaveLength(1)
})

test('a response that matches the document has no problem; every other has one', () => {
  const problems = (status: number, body: unknown, headers = json) =>
    responseProblems(document, operation, { status, headers, body })
  expect(problems(201, { id: 'a' })).toEqual([])
  expect(problems(204, null, new Headers())).toEqual([])
  expect(problems(403, { code: 'forbidden' })).toEqual([])
  for (const one of [
    problems(200, { id: 'a' }),
    problems(201, { id: 1 }),
    problems(201, { id: 'a', other: 1 }),
    problems(201, null, new Headers()),
    problems(201, { id: 'a' }, new Headers({ 'content-type': 'text/plain' })),
    problems(204, {}),
    problems(403, {}),
  ])
    expect(one).toHaveLength(1)
})

test('examples and defaults in the document must match their schemas', () => {
  const schema = { type: 'integer', maximum: 9 }
  expect(valueProblems({ a: { schema, example: 9 }, b: { ...schema, default: 1, examples: [2, 3] } })).toEqual([])
  const bad = [{ schema, example: 'x' }, { ...schema, default: 10 }, { deep: [{ ...schema, examples: [1, 10] }] }]
  for (const node of bad) expect(valueProblems(node)).toHaveLength(1)
})
