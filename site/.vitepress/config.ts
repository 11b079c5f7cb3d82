import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'
import { excluded, pageOf } from './pages.js'
import { repositoryLinks } from './repository-links.js'
import { apiSidebars, decisionSidebar, guideSidebar } from './sidebar.js'

const guide = guideSidebar()

export default defineConfig({
  title: 'Tenantry',
  description: 'Multi-tenancy for Node applications, in your own database',
  lang: 'en',
  srcDir: '..',
  srcExclude: excluded,
  outDir: 'dist',
  // Otherwise each page repeats every sidebar.
  metaChunk: true,
  rewrites: (file) => pageOf(file) ?? file,
  vite: {
    // The pages are outside this folder, and Vue is not installed where they are.
    resolve: {
      alias: [
        { find: /^vue$/, replacement: fileURLToPath(import.meta.resolve('vue/dist/vue.runtime.esm-bundler.js')) },
        { find: /^vue\/server-renderer$/, replacement: fileURLToPath(import.meta.resolve('vue/server-renderer')) },
      ],
    },
    // The index of the search is one file.
    build: { chunkSizeWarningLimit: 5000 },
  },
  markdown: { config: repositoryLinks },
  // The examples call servers of the reader's own.
  ignoreDeadLinks: [/^https?:\/\/localhost/],
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Guide', link: '/guide/start', activeMatch: '^/(guide|packages|introduction)' },
      { text: 'Glossary', link: '/reference/glossary' },
      { text: 'API reference', link: '/api/', activeMatch: '^/api/' },
      { text: 'Decisions', link: '/decisions/', activeMatch: '^/decisions/' },
    ],
    sidebar: { ...apiSidebars(), '/decisions/': decisionSidebar(), '/': guide },
    socialLinks: [{ icon: 'github', link: 'https://github.com/tenantry/tenantry' }],
  },
})
