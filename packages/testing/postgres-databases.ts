import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** Makes and drops databases on a server. */
export class PostgresDatabases {
  readonly #url: string;
  readonly #made = new Set<string>();
  /** One at a time: a template may not be copied twice at once. */
  #making: Promise<unknown> = Promise.resolve();

  /** `url`: of any database there, with an account that may make others. */
  constructor(url: string) {
    this.#url = url;
  }

  make(template?: string): Promise<string> {
    const made = this.#making.then(() => this.#make(template));
    this.#making = made.catch(() => undefined);
    return made;
  }

  async drop(url: string): Promise<void> {
    await this.query(`DROP DATABASE IF EXISTS ${nameIn(url)} WITH (FORCE)`);
    this.#made.delete(url);
  }

  async dropAll(): Promise<void> {
    for (const url of this.#made) await this.drop(url);
  }

  async query<Row>(text: string, url = this.#url): Promise<Row[]> {
    const client = new Client({ connectionString: url });
    // What ends the connection also rejects the query.
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rows } = await client.query(text);
      return rows as Row[];
    } finally {
      await client.end();
    }
  }

  async #make(template: string | undefined): Promise<string> {
    const name = `confab_test_${randomBytes(6).toString('hex')}`;
    await this.query(`CREATE DATABASE ${name}${template === undefined ? '' : ` TEMPLATE ${nameIn(template)}`}`);
    const url = new URL(this.#url);
    url.pathname = `/${name}`;
    this.#made.add(url.href);
    return url.href;
  }
}

function nameIn(url: string): string {
  const name = new URL(url).pathname.slice(1);
  if (!/^\w+$/.test(name)) throw new Error(`Not the name of a test's database: ${name}`);
  return name;
}
