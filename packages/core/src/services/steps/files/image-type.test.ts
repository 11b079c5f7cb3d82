import { describe, expect, it } from 'vitest'
import { imageType } from './image-type.js'

const bytesOf = (text: string) => new TextEncoder().encode(text)

/** Bytes that count how far they are read. */
function counted(bytes: Uint8Array) {
  let furthest = 0
  const watched: Uint8Array = Object.defineProperty(Uint8Array.from(bytes), 'subarray', {
    value(begin: number, end: number) {
      furthest = Math.max(furthest, end)
      return bytes.subarray(begin, end)
    },
  })
  return { watched, furthest: () => furthest }
}

describe('the type of an image', () => {
  it.each([
    ['a tag alone', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['a tag without attributes', '<svg><path d="M0 0"/></svg>'],
    ['a byte order mark', '\uFEFF<svg></svg>'],
    [
      'a declaration, comments and spaces',
      '\n<?xml version="1.0"?>\n<!-- made by <svg> -->\n<!-- -->\n<svg\n width = \'1\' ></svg>',
    ],
    [
      'a document type',
      '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [<!ENTITY ns "http://www.w3.org/2000/svg">]><svg xmlns="&ns;"></svg>',
    ],
    ['what follows the first tag, whatever it is', '<svg>' + '<<<'.repeat(10_000)],
    ['a letter cut in two by the end of what is read', `<svg>${'é'.repeat(16 * 1024)}</svg>`],
  ])('is SVG with %s', (_, text) => {
    expect(imageType(bytesOf(text))).toBe('image/svg+xml')
  })

  it.each([
    ['another document', '<html><svg></svg></html>'],
    ['a longer name', '<svgx></svgx>'],
    ['a tag that does not end', '<svg xmlns="http://www.w3.org/2000/svg"'],
    ['an attribute that does not end', '<svg a="1></svg>'],
    ['an attribute that is there twice', '<svg a="1" a="1"></svg>'],
    ['an attribute without a value', '<svg a></svg>'],
    ['a comment that does not end', '<!-- <svg></svg>'],
    ['a document type of another kind', '<!DOCTYPE html><svg></svg>'],
    ['text before it', 'x<svg></svg>'],
    ['a first tag that goes on and on', `<svg ${'a="1" '.repeat(90_000)}></svg>`],
    [
      'different attributes without an end',
      `<svg ${Array.from({ length: 90_000 }, (_, n) => `a${n}="1" `).join('')}></svg>`,
    ],
    ['spaces that go on and on', `${' '.repeat(512 * 1024)}<svg></svg>`],
    ['comments that go on and on', `${'<!---->'.repeat(80_000)}<svg></svg>`],
  ])('is none with %s', (_, text) => {
    expect(imageType(bytesOf(text))).toBeNull()
  })

  it('looks at 16 KiB of an upload, and at no more', () => {
    const { watched, furthest } = counted(bytesOf(`<svg ${'a="1" '.repeat(90_000)}></svg>`))
    expect(imageType(watched)).toBeNull()
    expect(furthest()).toBe(16 * 1024)
  })
})
