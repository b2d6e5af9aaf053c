import { type CommandFrame, type ListenRequest, type LogId, Refusal, limits as wireLimits } from '@confab/protocol';
import type { LogHead } from './domain.ts';
import { type Answer, isCurrent, type Listen } from './listen.ts';
import { Listening } from './listening.ts';
import { readMissed } from './missed.ts';
import type { Actor } from './ports.ts';
import type { Session } from './session.ts';

const forbidden: Answer = { status: 'failed', reason: 'forbidden' };
const otherEpoch: Answer = { status: 'failed', reason: 'epoch' };

/**
 * `log.listen` without a race ([L4]): follow the logs first, then ask for their heads and the right to listen, then
 * gather what was missed up to those heads, then answer. A listening begins with its cursor at the answer's head; what
 * came in the meantime is beyond it, and is caught up with like by any connection that missed something.
 */
export async function listen(session: Session, actor: Actor, frame: CommandFrame): Promise<void> {
  const { domain, validation, sweep } = session.parts;
  const { logs } = validation.check('log.listen', frame.params);
  checkRequests(session, logs);
  await rightsChecked(session);
  // It has waited for its turn: what begins to listen for a connection that is gone would do so for ever.
  if (session.isClosing()) return;
  const listens = logs.map((request) => begin(session, request));
  sweep.start();
  const told = listens.map(({ listening }) => listening.log.head);
  try {
    const heads = await domain.mayListen(
      actor,
      logs.map(({ log }) => log),
    );
    for (const [index, listen] of listens.entries()) decide(session, listen, heads[index], told[index]);
    await readMissed(session, listens);
    await rightsChecked(session);
  } catch (error) {
    for (const listen of listens) undo(session, listen);
    throw error;
  }
  settle(session, frame.id, listens);
}

async function rightsChecked(session: Session): Promise<void> {
  while (session.checking !== null) await session.checking;
}

function checkRequests(session: Session, requests: readonly ListenRequest[]): void {
  const named = new Set<LogId>();
  let added = 0;
  requests.forEach(({ log, after, epoch }, index) => {
    const at = `logs.${index}`;
    if (named.has(log)) throw new Refusal('invalid-params', { path: at, problem: 'this log is named twice' });
    if ((after === undefined) !== (epoch === undefined)) {
      throw new Refusal('invalid-params', { path: at, problem: 'after and epoch go together' });
    }
    named.add(log);
    if (!session.listenings.has(log)) added += 1;
  });
  const limit = session.parts.limits.logs;
  if (session.listenings.size + added > limit) throw new Refusal('limit-reached', { limit, what: 'logs' });
}

function begin(session: Session, request: ListenRequest): Listen {
  const known = session.listenings.get(request.log);
  if (known !== undefined) {
    const before = { level: known.level, cursor: known.cursor, held: known.held };
    known.log.remove(known);
    return { request, listening: known, before, answer: forbidden };
  }
  const listening = new Listening(session.parts.hub.hold(request.log), session.outlet, request.level);
  session.listenings.set(request.log, listening);
  return { request, listening, before: null, answer: forbidden };
}

function decide(session: Session, listen: Listen, head: LogHead | undefined, told: number | undefined): void {
  const { hub } = session.parts;
  const { request, listening } = listen;
  const { log } = listening;
  if (head === undefined || !isCurrent(session, listen)) return;
  hub.learn(log, head, told);
  if (hub.logs.get(log.id) !== log) {
    listen.answer = otherEpoch;
    return;
  }
  const at = log.head > head.seq ? log.position() : head;
  const after = request.after ?? at.seq;
  const isOtherHistory = request.epoch !== undefined && request.epoch !== at.epoch;
  if (isOtherHistory || after > at.seq) listen.answer = otherEpoch;
  else if (request.level === 'live' && at.seq - after > wireLimits.eventsPerAnswer) {
    listen.answer = { status: 'behind', head: at };
  } else listen.answer = { status: 'listening', head: at, frames: [] };
}

/** Answers, and lets the listenings begin, in one piece: no event comes between. */
function settle(session: Session, id: number, listens: readonly Listen[]): void {
  const answers: string[] = [];
  let behind = false;
  for (const listen of listens) {
    const answer = isCurrent(session, listen) ? listen.answer : forbidden;
    const isGone = session.parts.hub.logs.get(listen.request.log) !== listen.listening.log;
    const told = isGone && answer.status !== 'failed' ? otherEpoch : answer;
    answers.push(encode(listen.request.log, told));
    if (told.status !== 'failed') {
      start(listen, told.head.seq);
      behind = listen.listening.isBehind() || behind;
    } else if (isCurrent(session, listen)) session.unlisten(listen.listening);
  }
  session.answer(`{"reply":${id},"result":{"logs":[${answers.join(',')}]}}`);
  if (behind) {
    session.fellBehind();
    session.wrote();
  }
}

function start({ listening, request }: Listen, seq: number): void {
  listening.level = request.level;
  listening.cursor = seq;
  listening.toldHead = seq;
  listening.held = request.level === 'passive' && seq < listening.log.head;
  listening.log.add(listening);
}

function undo(session: Session, listen: Listen): void {
  if (!isCurrent(session, listen)) return;
  const { listening, before } = listen;
  if (before === null) {
    session.unlisten(listening);
    return;
  }
  Object.assign(listening, before);
  session.goOn(listening);
}

function encode(log: LogId, answer: Answer): string {
  const start = `{"log":"${log}","status":"${answer.status}"`;
  if (answer.status === 'failed') return `${start},"reason":"${answer.reason}"}`;
  const { epoch, seq, count } = answer.head;
  const at = `${start},"epoch":${epoch},"seq":${seq},"count":${count}`;
  if (answer.status === 'behind') return `${at}}`;
  return `${at},"events":[${answer.frames.map((frame) => frame.text).join(',')}]}`;
}
