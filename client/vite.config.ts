import { defineConfig } from 'vite'

export default defineConfig({
  // Relative addresses: the page also works behind a proxy that serves it under a path.
  base: './',
  build: {
    outDir: '../dist/client',
    target: 'es2022',
    // Nothing inline: the page's content security policy allows files of this host only.
    assetsInlineLimit: 0,
    modulePreload: false,
  },
})
