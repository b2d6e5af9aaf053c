export { lookUpPeople } from './look-up-people.ts';
export { setLastSeen } from './presence-store.ts';
export { setPresence } from './set-presence.ts';
export { showPresence } from './show-presence.ts';
export { watchPresence } from './watch-presence.ts';
