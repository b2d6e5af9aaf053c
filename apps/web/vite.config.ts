import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { emojiData } from './emoji-data-plugin.ts';
import { newestFontFormat } from './font-formats-plugin.ts';
import { iconSprite } from './icon-sprite-plugin.ts';
import { sentences } from './sentences-plugin.ts';
import { serviceWorker } from './service-worker-plugin.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

/**
 * Whichever style sheet a page happens to load first decides the order of the cascade layers, so each one says it.
 */
function layerOrder(): Plugin {
  return {
    name: 'confab-layer-order',
    enforce: 'pre',
    transform: {
      filter: { id: /\.css$/ },
      handler: (code) => ({ code: `@layer reset, tokens, base, ui, features;\n${code}`, map: null }),
    },
  };
}

export default defineConfig({
  root,
  plugins: [layerOrder(), sentences(), newestFontFormat(), emojiData(), iconSprite(), react(), serviceWorker()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // The content security policy allows no data: fonts or scripts; a file of its own is also cached for ever.
    assetsInlineLimit: 0,
    modulePreload: {
      // Every browser that runs this build preloads modules by itself; the polyfill would only add weight.
      polyfill: false,
      // Most of what a part imports is there already: naming it beside each part would weigh more than it saves.
      resolveDependencies: (_file, needed, { hostType }) =>
        hostType === 'html' ? needed : needed.filter((file) => file.endsWith('.css')),
    },
    sourcemap: false,
  },
  server: {
    // `npm start` serves the interface in development; the pages come from Vite.
    proxy: { '/api': { target: 'http://localhost:3000', ws: true } },
  },
});
