import type { Chat } from '@confab/chat';
import type { Ask, Engine } from '@confab/engine';

const agentChars = 200;

/** The way of a command that comes without a connection, whichever door it came through ([C4]). */
export function askOf(chat: Chat, engine: Engine): Ask {
  return async ({ token, command, params, agent, address }) => {
    const asker = token === null ? undefined : await chat.authenticate(token, command);
    const actor = asker !== undefined && 'actor' in asker ? asker.actor : null;
    if (command === 'log.read' && actor !== null) return engine.readLog(actor, params);
    const origin = { agent: agent.slice(0, agentChars), address };
    const outcome = await chat.execute(actor, command, params, undefined, origin);
    // What the token itself is refused for says more than that there is nobody.
    const unknown = 'error' in outcome && outcome.error.code === 'unauthenticated';
    return unknown && asker !== undefined && 'error' in asker ? { error: asker.error } : outcome;
  };
}
