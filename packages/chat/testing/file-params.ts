import type { ClientId, FileId, RoomId } from '@confab/protocol';
import type { OperationName } from '../operation.ts';
import type { Situation } from './authorisation-table.ts';
import type { AuthorisationWorld, Make } from './authorisation-world.ts';
import type { TestPerson } from './test-chat.ts';

type FileOperation = Extract<OperationName, `file.${string}` | 'message.remove-file'>;

/** Empty, so that all of it has arrived as soon as it is begun. */
async function arrived(world: AuthorisationWorld, sender: TestPerson, room: RoomId): Promise<FileId> {
  const { file } = await world.host.do(sender, 'file.begin', { room, name: world.name(), size: 0 });
  return (await world.host.do(sender, 'file.complete', { file })).file.id;
}

const senderOf = async (world: AuthorisationWorld, situation: Situation, asker: TestPerson | null) =>
  situation === 'own' && asker && (await world.isKnown(asker)) ? asker : world.founder;

/** A file that waits to be posted: the asker's own, if they are in the space at all, or for `else` the founder's. */
const waitingFile = async (world: AuthorisationWorld, situation: Situation, asker: TestPerson | null) => {
  const room = await world.room('own', asker);
  return { file: await arrived(world, await senderOf(world, situation, asker), room) };
};

const posted = async (world: AuthorisationWorld, situation: Situation, asker: TestPerson | null) => {
  const room = await world.room(situation, asker);
  const sender = await senderOf(world, situation, asker);
  const file = await arrived(world, sender, room);
  const clientId = world.name() as ClientId;
  const { id: message } = await world.host.do(sender, 'message.post', { room, clientId, text: '', files: [file] });
  return { message, file };
};

/** For `else` one that waits; otherwise one that was posted. */
const aboutFile = async (world: AuthorisationWorld, situation: Situation, asker: TestPerson | null) => {
  if (situation === 'else') return waitingFile(world, situation, asker);
  const { file } = await posted(world, situation, asker);
  return { file };
};

export const fileParams: { readonly [Name in FileOperation]: Make<Name> } = {
  'file.begin': async (world, situation, asker) => ({
    room: await world.room(situation, asker),
    name: world.name(),
    size: 0,
  }),
  'file.complete': waitingFile,
  'file.discard': waitingFile,
  'file.describe': async (...asked) => ({ ...(await aboutFile(...asked)), description: 'new' }),
  'file.show': aboutFile,
  'file.list': async (world, situation, asker) => ({ room: await world.room(situation, asker) }),
  'file.entries': aboutFile,
  'file.address': aboutFile,
  'file.locate': aboutFile,
  'message.remove-file': posted,
};
