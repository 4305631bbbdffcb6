import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

import { precompress } from './precompress.ts';

/** Where `npm run dev:console` finds the API; the built console is served by the gateway itself. */
const gateway = process.env.GATEWAY_URL ?? 'http://localhost:3000';

export default defineConfig({
  plugins: [react(), precompress()],
  build: {
    target: 'es2023',
    // The content policy lets no inline script run, and no polyfill is needed by what the target says.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // Names are hashed: the gateway lets browsers keep what lies here for a year.
    assetsDir: 'assets',
    // Tells the bench which chunk is which.
    manifest: true,
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': { target: gateway, changeOrigin: false } } },
});
