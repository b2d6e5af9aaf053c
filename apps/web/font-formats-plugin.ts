import type { Plugin } from 'vite';

/** Every browser that runs this build reads WOFF2: a style sheet's older forms of the same fonts are left out. */
export function newestFontFormat(): Plugin {
  return {
    name: 'confab-newest-font-format',
    enforce: 'pre',
    transform: {
      filter: { id: /katex.*\.css$/ },
      handler: (code) => ({ code: code.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[^"]*"\)/g, ''), map: null }),
    },
  };
}
