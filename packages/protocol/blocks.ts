import { Nothing, Shape, type Static, Timestamp, Type, UserIdSchema } from './schema.ts';

/** Someone whose messages one does not want. Only the one who blocks knows of it. */
export const Block = Shape({ user: UserIdSchema, at: Timestamp });
export type Block = Static<typeof Block>;

const user = UserIdSchema;

export const blockCommands = {
  'block.add': {
    http: 'PUT /blocks/:user',
    params: Shape({ user }),
    result: Nothing,
    summary: 'Block someone: they write one no direct messages, and their mentions of one do not count.',
  },
  'block.remove': {
    http: 'DELETE /blocks/:user',
    params: Shape({ user }),
    result: Nothing,
    summary: 'Take messages of someone again. Doing so twice changes nothing.',
  },
  'block.list': {
    http: 'GET /blocks',
    params: Nothing,
    result: Shape({ blocks: Type.Array(Block) }),
    summary: 'Whom one blocks, the latest first.',
  },
} as const;

/** In the inbox, for one's other devices. */
export const blockEvents = {
  'inbox.block-added': { data: Shape({ user }) },
  'inbox.block-removed': { data: Shape({ user }) },
} as const;
