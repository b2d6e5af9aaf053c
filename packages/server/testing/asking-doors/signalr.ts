import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { type AskingDoor, codeIn, endedBefore, type Told } from '../asking-door.ts';

/** The stock client, and the hub method `Command`. */
export const signalRDoor: AskingDoor = {
  name: 'SignalR',
  door: 'signalr',
  signedInOnly: true,
  notTaken: {},
  async ask(url, token, command, params) {
    const connection = new HubConnectionBuilder()
      .withUrl(`${url}/signalr`, { accessTokenFactory: () => token ?? '', transport: HttpTransportType.WebSockets })
      .configureLogging(LogLevel.None)
      .build();
    try {
      await connection.start();
    } catch (error) {
      return refusal(error) ?? Promise.reject(error);
    }
    try {
      await connection.invoke('Command', command, params);
      return 'ok';
    } catch (error) {
      return refusal(error) ?? endedBefore(command, error);
    } finally {
      await connection.stop();
    }
  },
};

/** The client wraps what the server said into sentences of its own. */
function refusal(error: unknown): Told | undefined {
  const found = /"code":"([a-z-]+)"|HubException: ([a-z-]+):/.exec((error as Error).message);
  return found ? codeIn(found[1] ?? found[2]) : undefined;
}
