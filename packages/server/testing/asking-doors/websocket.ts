import { closeCodes } from '@confab/protocol';
import { type AskingDoor, codeOf, endedBefore } from '../asking-door.ts';
import { TestSocket } from '../socket.ts';

export const webSocketDoor: AskingDoor = {
  name: 'WebSocket',
  door: 'websocket',
  signedInOnly: true,
  notTaken: {},
  async ask(url, token, command, params) {
    const socket = await TestSocket.open(url);
    try {
      const hello = { versions: [1], ...(token === null ? {} : { token }) };
      const welcomed = codeOf(await socket.ask('connection.hello', hello));
      return welcomed === 'ok' ? codeOf(await socket.ask(command, params)) : welcomed;
    } catch (error) {
      if (socket.closed?.code === closeCodes['session-revoked'].code) return endedBefore(command, error);
      throw error;
    } finally {
      socket.close();
    }
  },
};
