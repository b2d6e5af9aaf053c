export { createTestChat, Refused, TestChat, type TestChatOptions, type TestPerson } from './test-chat.ts';
