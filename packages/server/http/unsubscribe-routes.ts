import type { Ask } from '@confab/engine';
import type { FastifyInstance } from 'fastify';
import { sendError } from './answers.ts';

/** What mail programs send as a form, and what its parts may be (RFC 8058, section 3.1). */
const forms = ['application/x-www-form-urlencoded', 'multipart/form-data'];
const formBytes = 4_096;

/**
 * `POST /unsubscribe/:token`: one click in a mail program ends mails about messages ([O9]). The same address shows a
 * page with a button to whoever opens it: looking at a link changes nothing.
 */
export async function addUnsubscribeRoutes(app: FastifyInstance, ask: Ask): Promise<void> {
  // Apart, so that no other route takes a form: another site's page could send one.
  await app.register((scope, _options, done) => {
    for (const form of forms) {
      // What it says is known; the token alone counts, and stands in the address.
      scope.addContentTypeParser(form, { parseAs: 'buffer', bodyLimit: formBytes }, (_request, _body, parsed) =>
        parsed(null, undefined),
      );
    }
    scope.post<{ Params: { token: string } }>('/unsubscribe/:token', async (request, reply) => {
      const { token } = request.params;
      const outcome = await ask({
        token: null,
        command: 'email.unsubscribe',
        params: { token },
        agent: request.headers['user-agent'] ?? '',
        address: request.ip,
      });
      reply.header('cache-control', 'no-store');
      return 'error' in outcome ? sendError(reply, outcome.error) : reply.send({});
    });
    done();
  });
}
