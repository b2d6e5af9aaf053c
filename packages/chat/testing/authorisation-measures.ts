import type { OperationName } from '../operation.ts';
import type { AuthorisationWorld, Make } from './authorisation-world.ts';

const inSpace = ({ space }: AuthorisationWorld) => ({ space });

/** Somebody of the space, and what one tells them. */
const measure: Make<'moderation.mute'> = async (world, situation) => ({
  space: world.space,
  user: await world.target(situation),
  reason: 'Enough.',
  until: null,
});

/** A message of a room that the asker is not in: reported, or for `else` not. */
const reported: Make<'message.show'> = async (world, situation) => {
  const message = await world.message('private', null);
  if (situation === 'usual') await world.host.do(world.founder, 'moderation.report', { message, reason: 'spam' });
  return { message };
};

type Moderating = Extract<OperationName, `moderation.${string}`>;

/** Parameters of what moderators do, for each cell of the authorisation table. */
export const moderationParams: { readonly [Name in Moderating]: Make<Name> } = {
  'moderation.mute': measure,
  'moderation.unmute': async (world, situation) => ({ space: world.space, user: await world.target(situation) }),
  'moderation.ban': measure,
  'moderation.unban': async (world) => ({ space: world.space, user: await world.target('usual') }),
  'moderation.warn': async (world, situation) => ({
    space: world.space,
    user: await world.target(situation),
    reason: 'Stop.',
  }),
  'moderation.sanctions': inSpace,
  'moderation.report': async (world, situation, asker) => ({
    message: await world.message(situation, asker),
    reason: 'spam',
  }),
  'moderation.queue': inSpace,
  'moderation.take': async (world, situation, asker) => ({ ...(await reported(world, situation, asker)), taken: true }),
  'moderation.decide': async (world, situation, asker) => ({
    ...(await reported(world, situation, asker)),
    decision: 'dismiss',
    reason: '',
  }),
  'moderation.filter': inSpace,
  'moderation.set-filter': (world) => ({ space: world.space, rules: [] }),
  'moderation.audit': inSpace,
  'moderation.set-audit-term': (world) => ({ space: world.space, days: 30 }),
  'moderation.acknowledge': () => ({ seq: 1 }),
};
