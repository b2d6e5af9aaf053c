export {
  type Credentials,
  credentialsByHandle,
  credentialsOf,
  insertBot,
  insertUser,
  isHandleTaken,
  isSetUp,
  type PersonRow,
  peopleByIds,
  personById,
  personOf,
  setDisabled,
} from './account-store.ts';
export { endBot, makeBot } from './bots.ts';
export { changePassword } from './change-password.ts';
export { knownTo } from './known-people.ts';
export { listSessions } from './list-sessions.ts';
export { namedSo } from './named-so.ts';
export { renameAccount } from './rename-account.ts';
export { revokeSession } from './revoke-session.ts';
export { type SessionState, sessionByTokenHash, sessionLifetimeMs, touch } from './session-store.ts';
export { setAccountDisabled } from './set-account-disabled.ts';
export { setUp } from './set-up.ts';
export { showInstance } from './show-instance.ts';
export { signIn } from './sign-in.ts';
export { signOut } from './sign-out.ts';
export { signUp } from './sign-up.ts';
export { tellPersonChanged } from './tell-person-changed.ts';
