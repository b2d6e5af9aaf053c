import { testPassword } from './test-chat.ts';

const none = () => ({});

/** What the commands about e-mail are asked with. */
export const mailParams = {
  'account.show-email': none,
  'account.set-email': () => ({ email: 'somebody@example.org', password: testPassword }),
  'account.remove-email': none,
  'account.confirm-email': none,
  'account.test-email': none,
  'email.verify': () => ({ token: 'A'.repeat(43) }),
  'email.unsubscribe': () => ({ token: `nobody_${'A'.repeat(43)}` }),
};
