import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const api = process.env['RINGSIDE_API'] ?? 'http://127.0.0.1:3000'
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Builds the web workspace into dist/ui, which the server hands out. In development, /api goes to a server that runs beside it. */
export default defineConfig({
  root: here('./src/ui'),
  plugins: [react()],
  build: { outDir: here('./dist/ui'), emptyOutDir: true, target: 'es2022' },
  server: { proxy: { '/api': { target: api, ws: true } } },
  // Tests live beside src, not below the page: without this line vitest would look for them in src/ui.
  test: { root: here('.') },
})
