import type { RoomId } from '@confab/protocol';
import { roomLog } from '@confab/protocol/ids.ts';
import type { Confab } from '../api.ts';
import type { OpenRtc, PeersHost, RtcConnection } from './ports.ts';
import { RoomPeers } from './room-peers.ts';

export { peerBounds } from './bounds.ts';
export type { PeerState } from './peer-link.ts';
export type { OpenRtc, RtcChannel, RtcConnection } from './ports.ts';
export type { Peer, PeerMessage, RoomPeers, SendOptions } from './room-peers.ts';

export interface PeersOptions {
  /** STUN and TURN servers. None unless told: peers meet inside one network, and through the server elsewhere. */
  readonly iceServers?: readonly { readonly urls: string | string[]; username?: string; credential?: string }[];
  /** `false`: never meet directly; the server passes everything on. */
  readonly direct?: boolean;
}

/**
 * Gets in touch with the others who do the same in a room: directly from browser to browser (WebRTC) where they can
 * meet, through the server where they cannot; to whoever sends and listens it is the same. Close it when done.
 */
export function createPeers(confab: Confab, room: RoomId, options: PeersOptions = {}): RoomPeers {
  return new RoomPeers({
    room,
    own: newPeerId(),
    host: hostOf(confab, room),
    clock: {
      monotonic: () => performance.now(),
      after(delayMs, task) {
        const timer = setTimeout(task, delayMs);
        return () => clearTimeout(timer);
      },
    },
    openRtc: options.direct === false ? undefined : systemRtc(options),
  });
}

function hostOf(confab: Confab, room: RoomId): PeersHost {
  return {
    announce: (params) => confab.call('peer.announce', params),
    signal: (params) => confab.call('peer.signal', params),
    onEphemeral: (listener) => confab.onEphemeral(listener),
    onLeft: (listener) =>
      confab.onEvent((event) => {
        if (event.event === 'room.member-left' && event.log === roomLog(room)) listener(event.data.user);
        if (event.event === 'inbox.room-removed' && event.data.room === room) listener(null);
      }),
    onOnline(listener) {
      let online = confab.connection.get().status === 'online';
      return confab.connection.subscribe(() => {
        const before = online;
        online = confab.connection.get().status === 'online';
        if (online && !before) listener();
      });
    },
    // The ephemerals of a room are told to those who have it open.
    hearRoom: () => confab.rooms.timeline(room).open(),
  };
}

function systemRtc({ iceServers = [] }: PeersOptions): OpenRtc {
  if (typeof RTCPeerConnection === 'undefined') return undefined;
  // The port names what is used; its handlers take less than the browser hands them.
  return () => new RTCPeerConnection({ iceServers: [...iceServers] }) as unknown as RtcConnection;
}

/** 128 random bits, of letters and digits. */
function newPeerId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
