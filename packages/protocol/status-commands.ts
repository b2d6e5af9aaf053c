import { Person } from './people.ts';
import { Status } from './status.ts';

export const statusCommands = {
  'account.set-status': {
    http: 'PUT /account/status',
    params: Status,
    result: Person,
    summary:
      'Say of oneself, with an emoji, a few words or both, what holds for now. Without either it says nothing more.',
  },
} as const;
