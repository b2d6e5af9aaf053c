import { type CommandFrame, isCommandName, jsonCodec, Refusal } from '@confab/protocol';
import type { Actor } from './ports.ts';
import { readLog } from './read-log.ts';
import { toWire } from './refused.ts';
import { listen } from './resume.ts';
import type { Session } from './session.ts';

/** Runs a command and answers it, once. */
type OwnCommand = (session: Session, actor: Actor, frame: CommandFrame) => Promise<void> | void;

/** The engine's own commands: about the connection and the logs, whatever stands on them. */
const ownCommands: Readonly<Record<string, OwnCommand>> = {
  'connection.hello': () => {
    throw new Refusal('malformed');
  },
  'connection.ping': (session, _, frame) => {
    const { parts } = session;
    parts.validation.check('connection.ping', frame.params);
    session.answer(jsonCodec.encodeResult(frame.id, { serverTime: parts.clock.now() }));
  },
  'log.listen': (session, actor, frame) => session.inTurn(() => guarded(session, actor, frame, listen)),
  'log.unlisten': (session, actor, frame) => session.inTurn(() => guarded(session, actor, frame, unlisten)),
  'log.read': async (session, actor, frame) => {
    const json = await readLog(session.parts, actor, frame.params);
    session.answer(`{"reply":${frame.id},"result":${json}}`);
  },
};

/** Starts a command at once, so that those of one connection begin in their order ([C2]). Never rejects. */
export function dispatch(session: Session, actor: Actor, frame: CommandFrame): Promise<void> {
  const own = Object.hasOwn(ownCommands, frame.command) ? ownCommands[frame.command] : undefined;
  return guarded(session, actor, frame, own ?? execute);
}

async function guarded(session: Session, actor: Actor, frame: CommandFrame, run: OwnCommand): Promise<void> {
  try {
    await run(session, actor, frame);
  } catch (error) {
    const wire = toWire(error, session.parts.report, frame.command);
    session.answer(jsonCodec.encodeError(frame.id, wire));
    if (wire.code === 'malformed') session.close('malformed');
  }
}

async function execute(session: Session, actor: Actor, frame: CommandFrame): Promise<void> {
  if (!isCommandName(frame.command)) throw new Refusal('unknown-command', { command: frame.command });
  const outcome = await session.parts.domain.execute(actor, frame.command, frame.params, session);
  session.answer(
    'error' in outcome
      ? jsonCodec.encodeError(frame.id, outcome.error)
      : jsonCodec.encodeResult(frame.id, outcome.result),
  );
}

function unlisten(session: Session, _: Actor, frame: CommandFrame): void {
  const { logs } = session.parts.validation.check('log.unlisten', frame.params);
  for (const log of logs) {
    const listening = session.listenings.get(log);
    if (listening !== undefined) session.unlisten(listening);
  }
  session.answer(jsonCodec.encodeResult(frame.id, {}));
}
