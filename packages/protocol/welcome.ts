import { limits } from './limits.ts';
import { Nothing, Shape, SpaceIdSchema, Type } from './schema.ts';

const space = SpaceIdSchema;

/** What a space says to those who come into it, as Markdown; empty for nothing. */
const WelcomeText = Type.String({ maxLength: limits.welcomeChars });

export const welcomeCommands = {
  'space.set-welcome': {
    http: 'PUT /spaces/:space/welcome',
    params: Shape({ space, welcome: WelcomeText }),
    result: Nothing,
    summary:
      'Say what those who join a space from now on are shown at first, as Markdown. An empty text shows nothing.',
  },
  'space.dismiss-welcome': {
    http: 'POST /spaces/:space/welcome/dismiss',
    params: Shape({ space }),
    result: Nothing,
    summary: 'Be shown a space’s welcome message no more, on all of one’s devices.',
  },
} as const;

export const welcomeEvents = {
  'space.welcome-set': { data: Shape({ welcome: WelcomeText }) },
  'inbox.welcome-dismissed': { data: Shape({ space }) },
} as const;
