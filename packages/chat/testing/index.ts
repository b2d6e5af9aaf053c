export {
  type AccountState,
  type Answer,
  type AuthorisationRow,
  accountStates,
  answersIn,
  askers,
  authorisationTable,
  partsOf,
} from './authorisation-table.ts';
export { AuthorisationWorld, type WorldHost } from './authorisation-world.ts';
export { type ModelFigures, type ModelOptions, runModel } from './run-model.ts';
export {
  createTestChat,
  personOf,
  Refused,
  TestChat,
  type TestChatOptions,
  type TestPerson,
  testOrigin,
  testPassword,
} from './test-chat.ts';
