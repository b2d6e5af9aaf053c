import { randomUUID } from 'node:crypto';
import type { CommandName, Params, Result, WireError } from '@confab/protocol';
import type { IConnackPacket, IConnectPacket } from 'mqtt-packet';
import { type GatewayLink, GatewaySession } from '../../../session/index.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import type { MqttLimits } from '../limits.ts';
import { connectReason, type Reason } from '../reason-codes.ts';
import { MqttSession } from '../session/mqtt-session.ts';
import { type AskAs, SessionStore } from '../session/session-store.ts';
import { type Will, willOf } from '../will.ts';
import type { Version } from '../wire/check-packet.ts';
import type { Holder } from './live-sessions.ts';
import { identityOf } from './sign-in.ts';

/** What a connection has once it was let in. */
export interface Entered {
  readonly version: Version;
  readonly account: GatewaySession;
  readonly session: MqttSession;
  readonly ask: AskAs;
  /** Identifies the session: its person and its client id, so that nobody takes over someone else's. */
  readonly key: string;
  readonly will: Will | null;
  /** Whether the account's session was begun for this connection. */
  readonly ours: boolean;
  readonly keepAliveS: number;
  readonly connack: IConnackPacket;
}

/** Why somebody is not let in. `text` goes to clients that can read it. */
export class EntryRefused extends Error {
  override readonly name = 'EntryRefused';
  readonly reason: Reason;

  constructor(reason: Reason, text: string) {
    super(text);
    this.reason = reason;
  }
}

export interface EntryRequest {
  readonly version: Version;
  readonly packet: IConnectPacket;
  /** The token that came with the connection itself. */
  readonly carried: string | null;
  readonly link: GatewayLink;
  readonly holder: Holder;
  write(bytes: Buffer): void;
  /** The account's session is open: it is to be left from now on, whatever happens. */
  opened(account: GatewaySession, key: string): void;
}

const agent = 'mqtt';
const neverS = 0xffff_ffff;

/**
 * From CONNECT to CONNACK.
 * @throws EntryRefused
 */
export async function enter(request: EntryRequest, parts: GatewayParts): Promise<Entered> {
  const { packet, version, link } = request;
  const { limits, clock } = parts;
  const { clientId, assigned } = clientIdOf(packet, version, limits.clientIdChars);
  if (packet.properties?.authenticationMethod !== undefined) {
    throw new EntryRefused('bad-authentication-method', 'sign in with a password or a token');
  }
  const will = willOf(packet);
  if (will === undefined) throw new EntryRefused('topic-invalid', 'a will can be a message to a room');
  const origin = { agent, address: link.address };
  const identity = await identityOf(packet, request.carried, origin, parts.ask);
  if ('error' in identity) throw refusal(identity.error);
  const { token, ours } = identity;
  const ask = askAs(token, origin, parts);
  try {
    const opened = await GatewaySession.open(parts, { token }, link);
    if ('error' in opened) throw refusal(opened.error);
    const { session: account } = opened;
    const key = `${account.welcome?.user} ${clientId}`;
    request.opened(account, key);
    await parts.live.claim(key, request.holder);
    parts.wills.cancel(key);
    const expiryS = expiryOf(packet, version, limits.sessionExpiryS);
    const store = new SessionStore(ask, clientId);
    const loaded = await store.load(clock.now(), limits.sessionExpiryS);
    if ('error' in loaded) throw refusal(loaded.error);
    const { session: saved } = packet.clean === false ? loaded : { session: undefined };
    if (loaded.session !== undefined && saved === undefined) await store.remove();
    const session = new MqttSession({
      ...parts,
      version,
      account,
      ask,
      clientId,
      expiryS,
      store,
      saved,
      receiveMaximum: packet.properties?.receiveMaximum ?? 65_535,
      maxPacketBytes: packet.properties?.maximumPacketSize ?? Number.POSITIVE_INFINITY,
      explains: packet.properties?.requestProblemInformation !== false,
      write: request.write,
    });
    const error = await session.begin();
    if (error !== undefined) throw refusal(error);
    const keepAliveS = keepAliveOf(packet, version, limits.keepAliveS);
    const connack = connackOf(packet, {
      assigned: assigned ? clientId : null,
      expiryS,
      keepAliveS,
      sessionPresent: saved !== undefined,
      limits,
    });
    return { version, account, session, ask, key, will, ours, keepAliveS, connack };
  } catch (error) {
    if (ours) await ask('account.sign-out', {});
    throw error;
  }
}

const refusal = (error: WireError) => new EntryRefused(connectReason(error.code), error.code);

function clientIdOf({ clientId, clean }: IConnectPacket, version: Version, maxChars: number) {
  if (clientId === '') {
    if (version === 4 && clean === false) throw new EntryRefused('client-id-not-valid', 'a client id is missing');
    return { clientId: randomUUID() as string, assigned: true };
  }
  if (clientId.length > maxChars) throw new EntryRefused('client-id-not-valid', 'a client id is too long');
  return { clientId, assigned: false };
}

/** Seconds that the session is kept; MQTT 3.1.1 says only whether it is. */
function expiryOf({ clean, properties }: IConnectPacket, version: Version, maxS: number): number {
  const wantedS = version === 5 ? (properties?.sessionExpiryInterval ?? 0) : clean === false ? neverS : 0;
  return Math.min(wantedS, maxS);
}

/** In MQTT 5 the server may set it; there, nobody is without. */
function keepAliveOf({ keepalive = 0 }: IConnectPacket, version: Version, maxS: number): number {
  return version === 5 && (keepalive === 0 || keepalive > maxS) ? maxS : keepalive;
}

interface ConnackFacts {
  /** The client id that the server chose. */
  readonly assigned: string | null;
  readonly expiryS: number;
  readonly keepAliveS: number;
  readonly sessionPresent: boolean;
  readonly limits: MqttLimits;
}

function connackOf(packet: IConnectPacket, facts: ConnackFacts): IConnackPacket {
  const { assigned, expiryS, keepAliveS, sessionPresent, limits } = facts;
  const { properties } = packet;
  const wanted = properties?.sessionExpiryInterval ?? 0;
  return {
    cmd: 'connack',
    sessionPresent,
    reasonCode: 0,
    returnCode: 0,
    properties: {
      receiveMaximum: limits.receiveMaximum,
      maximumPacketSize: limits.packetBytes,
      sharedSubscriptionAvailable: false,
      ...(expiryS === wanted ? {} : { sessionExpiryInterval: expiryS }),
      ...(assigned === null ? {} : { assignedClientIdentifier: assigned }),
      ...(keepAliveS === (packet.keepalive ?? 0) ? {} : { serverKeepAlive: keepAliveS }),
      ...(properties?.requestResponseInformation ? { responseInformation: 'answers/' } : {}),
    },
  };
}

/** Asks for a person besides their connection. */
function askAs(token: string, origin: { agent: string; address: string }, { ask }: GatewayParts): AskAs {
  return async <Name extends CommandName>(command: Name, params: Params<Name>) => {
    const reply = await ask({ token, command, params, ...origin });
    if ('error' in reply) return reply;
    const result = 'json' in reply ? (JSON.parse(reply.json) as unknown) : reply.result;
    return { result: result as Result<Name> };
  };
}
