import type { Resource } from '@tenantry/core'
import { z } from 'zod'
import { Step } from './schemas.js'

/** What a protocol consists of, as its resource keeps it. */
const Content = z.object({ description: z.string().default(''), steps: z.array(Step).default([]) })
type Content = z.output<typeof Content>

/** Each text is Markdown. What something else wrote into the resource is no protocol's, and left out. */
export function contentOf({ attributes }: Pick<Resource, 'attributes'>): Content {
  const content = Content.safeParse(attributes)
  return content.success ? content.data : { description: '', steps: [] }
}

/** The whole protocol as one Markdown text. */
export function toMarkdown({ name, attributes }: Pick<Resource, 'name' | 'attributes'>): string {
  const { description, steps } = contentOf({ attributes })
  const notified = steps.flatMap(({ title, text }, at) => [
    `## ${at + 1}${title === null ? '' : ` ${escaped(title)}`}`,
    text,
  ])
  return [`# ${escaped(name)}`, description, ...notified].filter((part) => part !== '').join('\n\n') + '\n'
}

/** A line that is no Markdown of its own. */
function escaped(line: string): string {
  return line.replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`)
}
