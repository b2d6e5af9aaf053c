import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as lucide from 'lucide-react';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Plugin } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));
const component = join(root, 'ui/sprite-icon.tsx');
const imports = /import \{([^}]*)\} from 'lucide-react';/g;
const drawings = lucide as unknown as Readonly<Record<string, lucide.LucideIcon | undefined>>;
const virtual = '\0icons';

/**
 * Puts the icons that are used into one picture, which browsers keep for ever, instead of into the program, where they
 * would be a thirtieth of what has to be loaded and run before the first room shows. Components import them as ever.
 */
export function iconSprite(): Plugin {
  let module = '';
  let address = '';
  return {
    name: 'confab-icon-sprite',
    enforce: 'pre',
    apply: 'build',
    buildStart() {
      const names = usedIcons();
      const source = `<svg xmlns="http://www.w3.org/2000/svg">${names.map(symbolOf).join('')}</svg>`;
      const fileName = `assets/icons-${createHash('sha256').update(source).digest('base64url').slice(0, 8)}.svg`;
      this.emitFile({ type: 'asset', fileName, source });
      address = `/${fileName}`;
      module = [
        `import { spriteIcon } from ${JSON.stringify(component)};`,
        ...names.map((name) => `export const ${name} = /* @__PURE__ */ spriteIcon("${address}#${name}");`),
      ].join('\n');
    },
    resolveId: (id) => (id === 'lucide-react' ? virtual : null),
    load: (id) => (id === virtual ? module : null),
    transformIndexHtml: () => [
      { tag: 'link', attrs: { rel: 'prefetch', as: 'image', href: address }, injectTo: 'head' },
    ],
  };
}

function usedIcons(): string[] {
  const files = globSync('{app,design,e2e,features,ui}/**/*.{ts,tsx}', { cwd: root });
  const names = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(imports)].flatMap(([, list = '']) =>
      list.split(',').flatMap((each) => /^\s*([A-Z]\w*)/.exec(each)?.[1] ?? []),
    ),
  );
  return [...new Set(names)].sort();
}

function symbolOf(name: string): string {
  const icon = drawings[name];
  if (icon === undefined) throw new Error(`Lucide has no icon ${name}; look for it at lucide.dev.`);
  const shapes = renderToStaticMarkup(createElement(icon)).replace(/^<svg[^>]*>|<\/svg>$/g, '');
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
}
