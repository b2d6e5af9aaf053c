import { io } from 'socket.io-client';
import { type AskingDoor, codeIn, endedBefore, type Told } from '../asking-door.ts';

type Answer = { readonly ok: true } | { readonly ok: false; readonly error: { readonly code: Told } };

/** The stock client, and the event `command`. */
export const socketIoDoor: AskingDoor = {
  name: 'Socket.IO',
  door: 'socketio',
  signedInOnly: true,
  notTaken: {},
  async ask(url, token, command, params) {
    const socket = io(url, {
      auth: token === null ? {} : { token },
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    });
    try {
      return await new Promise<Told>((resolve, reject) => {
        socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
          if (error.data?.code === undefined) reject(error);
          else resolve(codeIn(error.data.code));
        });
        socket.on('connect', () => {
          socket.emit('command', command, params, (answer: Answer) => resolve(answer.ok ? 'ok' : answer.error.code));
        });
        socket.on('disconnect', (reason) => {
          try {
            resolve(endedBefore(command, reason));
          } catch (error) {
            reject(error);
          }
        });
      });
    } finally {
      socket.disconnect();
    }
  },
};
