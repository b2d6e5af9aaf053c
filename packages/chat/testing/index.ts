export { createTestChat, Refused, TestChat, type TestChatOptions, type TestPerson, testPassword } from './test-chat.ts';
