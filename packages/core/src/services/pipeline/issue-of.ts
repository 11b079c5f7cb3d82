import type { z } from 'zod'

type Issue = z.core.$ZodIssue

/**
 * What a schema of zod refused first: the path to the bad field, inside unions and arrays too, and what is wrong with it.
 * Of a union, it is the issue of the member that the value fits best.
 */
export function issueOf({ issues }: z.core.$ZodError) {
  const [first] = issues
  if (!first) return { path: [], problem: 'does not fit', params: undefined }
  const issue = inUnion(first)
  const unknownField = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const path = [...issue.path, ...(unknownField === undefined ? [] : [unknownField])].map(String)
  const problem = unknownField === undefined ? issue.message : 'is not a known field'
  return { path, problem, params: issue.code === 'custom' ? issue.params : undefined }
}

function inUnion(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue
  const members = issue.errors.flatMap(([first, ...more]) => {
    const found = first && inUnion(first)
    return found && isWithin(found) ? [{ found, others: more.length }] : []
  })
  const [best] = members.toSorted(
    (left, right) =>
      right.found.path.length - left.found.path.length ||
      left.others - right.others ||
      Number(left.found.code === 'invalid_type') - Number(right.found.code === 'invalid_type'),
  )
  return best ? { ...best.found, path: [...issue.path, ...best.found.path] } : issue
}

/** Whether the member has read into the value, and not found it to be of another type as a whole. */
function isWithin({ code, path }: Issue): boolean {
  return path.length > 0 || (code !== 'invalid_type' && code !== 'invalid_union')
}
