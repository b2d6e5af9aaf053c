import type { ErrorCode } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { t } from '../../language/sentences.ts';
import { TextField } from '../../ui/text-field.tsx';
import { suggestHandle } from './suggest-handle.ts';

export interface NewAccount {
  name: string;
  handle: string;
  password: string;
  /** Once changed by hand, the handle no longer follows the name. */
  handleTouched: boolean;
}

export const emptyAccount: NewAccount = { name: '', handle: '', password: '', handleTouched: false };

interface NewAccountFieldsProps {
  account: NewAccount;
  onChange: (account: NewAccount) => void;
  failure: string | null;
  code: ErrorCode | null;
}

/** Name, user name and password: what a first account, an invited one and an open sign-up have in common. */
export function NewAccountFields({ account, onChange, failure, code }: NewAccountFieldsProps) {
  return (
    <>
      <TextField
        label={t('Your name')}
        hint={t('As others see it. You can change it later.')}
        autoComplete="name"
        autoFocus
        required
        maxLength={limits.personNameChars}
        value={account.name}
        onChange={(event) => {
          const name = event.target.value;
          onChange({ ...account, name, ...(account.handleTouched ? {} : { handle: suggestHandle(name) }) });
        }}
      />
      <TextField
        label={t('User name')}
        hint={t('You sign in with it. Letters, digits, dots, dashes.')}
        error={code === 'handle-taken' ? failure : null}
        prefix="@"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        minLength={limits.handleChars.min}
        maxLength={limits.handleChars.max}
        pattern="[a-z0-9][a-z0-9._\-]*"
        value={account.handle}
        onChange={(event) => onChange({ ...account, handle: event.target.value.toLowerCase(), handleTouched: true })}
      />
      <TextField
        label={t('Password')}
        hint={t(
          'At least {count, plural, one {# character} other {# characters}}. A few words are easy to keep in mind.',
          { count: limits.passwordChars.min },
        )}
        error={code === 'password-too-weak' ? failure : null}
        type="password"
        autoComplete="new-password"
        required
        minLength={limits.passwordChars.min}
        maxLength={limits.passwordChars.max}
        value={account.password}
        onChange={(event) => onChange({ ...account, password: event.target.value })}
      />
    </>
  );
}

/** Whether the failure already stands beneath its field. */
export function showsInField(code: ErrorCode | null): boolean {
  return code === 'handle-taken' || code === 'password-too-weak';
}
