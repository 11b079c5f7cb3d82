import type { Resource } from '@tenantry/core'
import { z } from 'zod'
import { Step } from './schemas.js'

/** The content of a protocol, as its resource stores it. */
const Content = z.object({ description: z.string().default(''), steps: z.array(Step).default([]) })
type Content = z.output<typeof Content>

/** Each text is Markdown. Fields of the resource that do not belong to a protocol are omitted. */
export function contentOf({ attributes }: Pick<Resource, 'attributes'>): Content {
  const content = Content.safeParse(attributes)
  return content.success ? content.data : { description: '', steps: [] }
}

/** The protocol as one Markdown text. */
export function toMarkdown({ name, attributes }: Pick<Resource, 'name' | 'attributes'>): string {
  const { description, steps } = contentOf({ attributes })
  const notified = steps.flatMap(({ title, text }, at) => [
    `## ${at + 1}${title === null ? '' : ` ${escaped(title)}`}`,
    text,
  ])
  return [`# ${escaped(name)}`, description, ...notified].filter((part) => part !== '').join('\n\n') + '\n'
}

/** Escapes a line so that it contains no Markdown. */
function escaped(line: string): string {
  return line.replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`)
}
