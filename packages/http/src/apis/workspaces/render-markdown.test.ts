import { describe, expect, it } from 'vitest'
import { renderMarkdown } from './render-markdown.js'

describe('renderMarkdown', () => {
  it.each([
    ['**a** and `b`', '<p><strong>a</strong> and <code>b</code></p>'],
    ['1. x\n2. y', '<ol><li>x</li><li>y</li></ol>'],
    ['| a |\n| - |\n| 1 |', '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>'],
    ['[here](https://a.b)', '<p><a href="https://a.b" rel="noopener noreferrer nofollow">here</a></p>'],
    ['![x](https://a.b/c.png)', '<p><img src="https://a.b/c.png" alt="x" /></p>'],
  ])('such as %j', (text, html) => {
    expect(renderMarkdown(text).replaceAll('\n', '')).toBe(html)
  })

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt&#58;alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '[x](vbscript:x)',
    '![x](javascript:alert(1))',
    '[x](https://a.b "\\" onmouseover=alert(1)")',
    '<svg><a xlink:href="javascript:alert(1)">x</a></svg>',
    '<iframe src="https://a.b"></iframe>',
    '<style>*{display:none}</style>',
    '</p><form action="https://a.b"><input name=q>',
    '<a href="https://a.b" onclick="x">y</a>',
    '<!-- --><b>',
    '```html" onclick="x\n<b>\n```',
  ])('in which %j does nothing', (text) => {
    const html = renderMarkdown(text)
    const tags = [...html.matchAll(/<\/?([a-z0-9]+)([^>]*)>/gi)]
    for (const [, tag = '', attributes = ''] of tags) {
      expect(['p', 'a', 'img', 'pre', 'code']).toContain(tag)
      expect(attributes.replaceAll(/"[^"]*"/g, '')).not.toMatch(/\bon|style|src(?!=)/i)
      expect(attributes).not.toMatch(/="\s*(javascript|data|vbscript):/i)
    }
    expect(html).not.toMatch(/<(script|iframe|style|form|svg)/i)
  })
})
