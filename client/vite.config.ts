import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { htmlWords } from './html-words.js'
import { pageFiles } from './page-files.js'

export default defineConfig({
  plugins: [react(), htmlWords(), pageFiles()],
  // Relative addresses: the page also works behind a proxy that serves it under a path.
  base: './',
  build: {
    outDir: '../dist/client',
    target: 'es2022',
    // Browsers that know light-dark(), so that it stays as it is written.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // Nothing inline: the page's content security policy allows files of this host only.
    assetsInlineLimit: 0,
    // Every browser above knows it. Parts that one part needs are asked for with it, not after it.
    modulePreload: { polyfill: false },
    // Swagger UI comes as one piece of 1.5 MB; only /docs loads it.
    chunkSizeWarningLimit: 1_600,
    rolldownOptions: {
      input: ['client/index.html', 'client/docs.html'],
      output: {
        // Few parts: a file of its own is a question to the server, and takes longer than most of them are large.
        codeSplitting: {
          groups: [
            // What the pages of the REST API have too, which must get nothing else of the dashboard.
            {
              name: 'base',
              priority: 2,
              test: /[\\/](?:strings\.ts|access-key\.ts|device-memory\.ts|theme\.ts|tokens\.css|unseen\.css)$/,
            },
            { name: 'shared', priority: 1, minShareCount: 3 },
          ],
        },
      },
      checks: { pluginTimings: false },
    },
  },
})
