export { type ModelFigures, type ModelOptions, runModel } from './run-model.ts';
export { createTestChat, Refused, TestChat, type TestChatOptions, type TestPerson, testPassword } from './test-chat.ts';
