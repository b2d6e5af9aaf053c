import { closeCodes, commands, type ErrorCode } from '@confab/protocol';
import { httpAsker, type Reply } from './http-asker.ts';
import { TestSocket } from './socket.ts';

type Command = keyof typeof commands;

/** A door of a started server, for whoever comes with a token (or none) and asks one thing. */
export interface AskingDoor {
  readonly name: string;
  /** Lets nobody in without a session, whatever they ask. */
  readonly signedInOnly: boolean;
  takes(command: Command): boolean;
  /** `ok`, or the code that it was refused with. `url`: where the server is. */
  ask(url: string, token: string | null, command: Command, params: unknown): Promise<ErrorCode | 'ok'>;
}

const http: AskingDoor = {
  name: 'HTTP',
  signedInOnly: false,
  takes: (command) => commands[command].http !== null,
  ask: async (url, token, command, params) => codeOf(await httpAsker(url).tell(command, params, token ?? undefined)),
};

const webSocket: AskingDoor = {
  name: 'WebSocket',
  signedInOnly: true,
  takes: () => true,
  async ask(url, token, command, params) {
    const socket = await TestSocket.open(url);
    try {
      const hello = { versions: [1], ...(token === null ? {} : { token }) };
      const welcomed = codeOf(await socket.ask('connection.hello', hello));
      return welcomed === 'ok' ? codeOf(await socket.ask(command, params)) : welcomed;
    } catch (error) {
      // [H8] comes before [C1]: a connection does not live to hear that its own session was ended.
      if (command === 'account.sign-out' && socket.closed?.code === closeCodes['session-revoked'].code) return 'ok';
      throw error;
    } finally {
      socket.close();
    }
  },
};

/** Every door that the authorisation table is held against. */
export const askingDoors: readonly AskingDoor[] = [http, webSocket];

function codeOf(reply: Reply): ErrorCode | 'ok' {
  return 'error' in reply ? reply.error.code : 'ok';
}
