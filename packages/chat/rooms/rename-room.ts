import { Refusal } from '@confab/protocol/errors.ts';
import { roomLog } from '@confab/protocol/ids.ts';
import { roomNamePattern } from '@confab/protocol/room-name-pattern.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { oneLine } from '../text.ts';
import { auditRoom } from './audit-room.ts';
import { infoOf, refuseIfArchived, refuseKind, tellSpaceOfRoom } from './room-info.ts';
import { isNameTaken, setRoomName } from './room-store.ts';

export const renameRoom = operation({
  name: 'room.rename',
  kind: 'write',
  access: { who: 'visible-room', atLeast: 'admin', orCreator: true, orInGroup: true },
  limit: 'write',
  *run({ actor, reached, tx }, params) {
    refuseKind(reached, 'direct');
    refuseIfArchived(reached);
    const name = reached.kind === 'group' ? oneLine(params.name) : channelName(params.name);
    if (name === reached.name) return {};
    const info = { ...infoOf(reached), name };
    if (reached.space !== null && (yield* isNameTaken(reached.space, info))) {
      throw new Refusal('room-name-taken', { name });
    }
    yield* setRoomName(info);
    yield* append(tx, { log: roomLog(reached.id), name: 'room.renamed', by: actor.user, data: { name } });
    yield* tellSpaceOfRoom(tx, info, actor.user);
    yield* auditRoom(tx, reached, actor.user, 'room-renamed', { detail: name });
    return {};
  },
});

const channelNames = new RegExp(roomNamePattern, 'u');

/** As the making of a channel has it validated. */
function channelName(name: string): string {
  if (channelNames.test(name)) return name;
  throw new Refusal('invalid-params', { path: '/name', problem: `must match pattern "${roomNamePattern}"` });
}
