import { expect, it } from 'vitest';
import { OutgoingFault } from '../outgoing/outgoing-fault.ts';
import { Pages } from './pages.ts';

function pages(answer: (url: string) => { status?: number; type?: string; body: string }) {
  const asked: string[] = [];
  const logged: unknown[] = [];
  let nowMs = 0;
  const made = new Pages({
    outside: {
      request: async (url) => {
        asked.push(url);
        const { status = 200, type = 'text/html', body } = answer(url);
        return { status, url, headers: { 'content-type': type }, body: Buffer.from(body) };
      },
    },
    report: (...said) => logged.push(said),
    monotonic: () => nowMs,
    agent: 'Confab',
    own: 'https://chat.example.org',
  });
  return { made, asked, logged, pass: (ms: number) => (nowMs += ms) };
}

it('gives each link that has one its preview, in their order, under the address as it was written', async () => {
  const { made } = pages((url) => ({ body: url.endsWith('/b') ? 'no title' : `<title>${url}</title>` }));
  expect(await made.previewsOf(['https://A.example.org/a', 'https://example.org/b', 'http://example.org'])).toEqual([
    { url: 'https://A.example.org/a', title: 'https://a.example.org/a' },
    { url: 'http://example.org', title: 'http://example.org/' },
  ]);
});

it('takes only pages that are there, and nothing of its own instance', async () => {
  const { made, asked } = pages((url) =>
    url.endsWith('/gone')
      ? { status: 404, body: '<title>Not found</title>' }
      : { type: 'application/pdf', body: '<title>x' },
  );
  const links = ['https://example.org/gone', 'https://example.org/file', 'https://chat.example.org/rooms/1'];
  expect(await made.previewsOf(links)).toEqual([]);
  expect(asked).toHaveLength(2);
});

it('asks for a page once in ten minutes, however many link to it', async () => {
  const { made, asked, pass } = pages(() => ({ body: '<title>One</title>' }));
  await Promise.all([1, 2, 3].map(() => made.previewsOf(['https://example.org/'])));
  expect(asked).toHaveLength(1);
  pass(600_001);
  await made.previewsOf(['https://example.org/']);
  expect(asked).toHaveLength(2);
});

it('bears what fails, and does not log where it was', async () => {
  const { made, logged } = pages(() => {
    throw new OutgoingFault('not-public');
  });
  expect(await made.previewsOf(['http://10.0.0.1/secret'])).toEqual([]);
  expect(JSON.stringify(logged)).toContain('not-public');
  expect(JSON.stringify(logged)).not.toContain('secret');
});
