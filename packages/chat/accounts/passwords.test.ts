import { describe, expect, it } from 'vitest';
import { checkPassword, Passwords } from './passwords.ts';

describe('a password', () => {
  it.each(['short', '1234567890', 'Password123', 'ababababab', 'adalovely1'])(
    'is refused when it is %s',
    (password) => {
      expect(() => checkPassword(password, 'adalovely')).toThrow('password-too-weak');
    },
  );

  it.each(['three grey herons', 'пятьсот цапель', 'adalovely and a lot more'])('may be %s', (password) => {
    expect(() => checkPassword(password, 'adalovely')).not.toThrow();
  });

  it('matches its own hash and no other', async () => {
    const passwords = new Passwords();
    const stored = await passwords.hash('three grey herons');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await passwords.matches('three grey herons', stored)).toBe(true);
    expect(await passwords.matches('three grey heron', stored)).toBe(false);
    expect(await passwords.matches('nobody has this password', undefined)).toBe(false);
  });

  it('is refused for now when too many wait to be hashed', async () => {
    const passwords = new Passwords();
    const asked = Array.from({ length: 259 }, () => passwords.matches('three grey herons', 'not a hash'));
    const answers = await Promise.allSettled(asked);
    const reasons = answers.map((answer) => (answer.status === 'rejected' ? String(answer.reason) : 'fine'));
    expect(reasons.filter((reason) => reason.includes('overloaded'))).toHaveLength(1);
  });
});
