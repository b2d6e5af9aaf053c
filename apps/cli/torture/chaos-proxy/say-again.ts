import type { ClientId, LoggedEvent, RoomId } from '@confab/protocol';
import type { Inhabitant } from '../../load/population.ts';

/** How many of all stored messages, sent once more by their authors, were not answered with the same id and place. */
export async function sayAgain(
  events: readonly LoggedEvent[],
  people: readonly Inhabitant[],
  room: RoomId,
): Promise<{ said: number; differently: number }> {
  const authors = new Map<string, Inhabitant>(people.map((person) => [person.user, person]));
  const posts = events.filter((event) => event.event === 'message.posted');
  let differently = 0;
  await Promise.all(
    Array.from({ length: 8 }, async (_, lane) => {
      for (let index = lane; index < posts.length; index += 8) {
        const post = posts[index];
        if (!post) continue;
        const { id, clientId, text } = post.data;
        const author = authors.get(post.by ?? '');
        const answer = await author?.api.call('message.post', { room, clientId: clientId as ClientId, text });
        if (answer?.id !== id || answer.seq !== post.seq) differently += 1;
      }
    }),
  );
  return { said: posts.length, differently };
}
