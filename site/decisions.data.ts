import { createContentLoader } from 'vitepress'

/** The title and the address of each decision, the newest first. */
export default createContentLoader('docs/decisions/*.md', {
  includeSrc: true,
  transform: (pages) =>
    pages
      .map(({ url, src = '' }) => ({ url: url.replace('/docs/', '/'), title: /^# (.*)$/m.exec(src)?.[1] ?? url }))
      .sort((a, b) => b.url.localeCompare(a.url)),
})
