import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';

/** What the explorer may do: load its own three files and speak to its own server. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const files = {
  '/graphql': { file: 'page.html', type: 'text/html' },
  '/graphql/explorer/explorer.js': { file: 'explorer.js', type: 'text/javascript' },
  '/graphql/explorer/explorer.css': { file: 'explorer.css', type: 'text/css' },
} as const;

/**
 * A page on which the schema can be tried out, served from here with nothing from elsewhere. It is our own because
 * GraphiQL comes without a build that could be served as it is, and Ruru, which has one, needs GraphQL 16 beside it.
 */
export class Explorer {
  private readonly pages: ReadonlyMap<string, { readonly body: Buffer; readonly type: string }>;

  constructor() {
    this.pages = new Map(
      Object.entries(files).map(([path, { file, type }]) => [
        path,
        {
          body: readFileSync(new URL(import.meta.resolve(`@confab/transports/gateways/graphql/explorer/${file}`))),
          type,
        },
      ]),
    );
  }

  /** Serves one of its files; answers whether the path is one. */
  serve(path: string, response: ServerResponse): boolean {
    const page = this.pages.get(path);
    if (page === undefined) return false;
    response.writeHead(200, {
      'content-type': `${page.type}; charset=utf-8`,
      'content-security-policy': policy,
      'cache-control': 'no-cache',
    });
    response.end(page.body);
    return true;
  }
}
