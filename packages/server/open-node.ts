import { randomBytes } from 'node:crypto';
import { type Chat, type ChatLimits, createChat } from '@confab/chat';
import {
  type Bus,
  type Clock,
  createEngine,
  type Engine,
  type EngineLimits,
  type Random,
  type Report,
  type Timers,
} from '@confab/engine';
import type { Database } from '@confab/storage';
import type { ServerConfig } from './config.ts';
import { type OpenFiles, openFiles } from './files/open-files.ts';
import { JobRunner } from './jobs/job-runner.ts';
import { mailState } from './mail/mail-configuration.ts';
import { openBus } from './open-bus.ts';
import { openDatabase } from './open-database.ts';
import { outsideWork } from './outside-work.ts';

/** What nodes in one process share. Whoever opened it closes it. */
export interface SharedParts {
  readonly database: Database;
  readonly bus: Bus;
}

export interface NodeParts {
  readonly name: string;
  /** The data folder's absolute path. */
  readonly data: string;
  readonly version: string;
  readonly ports: { readonly clock: Clock; readonly timers: Timers; readonly random: Random };
  readonly report: Report;
  readonly shared: SharedParts | undefined;
  readonly engineLimits: Partial<EngineLimits> | undefined;
  readonly chatLimits: Partial<ChatLimits> | undefined;
}

/** A node without doors: the data, what may be done with it, and who hears of it. */
export interface OpenNode {
  readonly chat: Chat;
  readonly engine: Engine;
  readonly bus: Bus;
  readonly files: OpenFiles;
  /** Finishes what was accepted and lets go of the data. */
  close(): Promise<void>;
}

const instanceBytes = 12;

/** @throws `DatabaseRefused`, with a sentence for whoever starts the server. */
export async function openNode(config: ServerConfig, parts: NodeParts): Promise<OpenNode> {
  const { name, data, version, ports, report, shared, engineLimits, chatLimits } = parts;
  const { clock, timers } = ports;
  const database = shared?.database ?? (await openDatabase(config, data, report));
  const files = openFiles(config, {
    ...{ data, clock, timers, report },
    announcedOf: (id) => chat.files.announced(id),
    claim: (holder, hashes) => chat.files.claim(holder, hashes),
  });
  const { keeper } = files;
  // The domain tells the engine what happened, the engine asks the domain who may listen: each reaches the other late.
  const chat = createChat({
    database,
    clock,
    random: { bytes: (count) => randomBytes(count) },
    instance: { name: config.name, version, signUp: config.signUp, fileBytes: keeper.fileBytes },
    mail: mailState(config),
    files: keeper,
    report,
    publish: (effects) => engine.publish(effects),
    presence: {
      statesOf: (users) => engine.presence.statesOf(users),
      online: (most) => engine.presence.online(most),
    },
    onScheduled: (dueAt) => runner.wake(dueAt),
    ...(chatLimits ? { limits: chatLimits } : {}),
  });
  const bus = shared?.bus ?? (await openBusOf(config, chat, parts).catch(closing(database)));
  const engine = createEngine({ node: name, domain: chat, bus, ...ports, report, limits: engineLimits ?? {} });
  engine.presence.onOffline((user, at) => chat.recordLastSeen(user, at));
  const runner = new JobRunner({
    jobs: chat.jobs,
    outside: outsideWork(config, { chat, keeper, version, clock, report }),
    ...ports,
    report,
  });
  runner.start();
  const close = async (): Promise<void> => {
    await runner.stop();
    await files.close();
    if (shared) return;
    await bus.close();
    await database.close();
  };
  return { chat, engine, bus, files, close };
}

function openBusOf(config: ServerConfig, chat: Chat, { name, report }: NodeParts): Promise<Bus> {
  const instance = () => chat.nodes.secret('instance', randomBytes(instanceBytes).toString('base64url'));
  return openBus(config, { node: name, instance, report });
}

function closing(database: Database): (error: unknown) => Promise<never> {
  return async (error) => {
    await database.close();
    throw error;
  };
}
