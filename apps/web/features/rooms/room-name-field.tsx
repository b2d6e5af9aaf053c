import { limits } from '@confab/protocol/limits.ts';
import { t } from '../../language/sentences.ts';
import { TextField } from '../../ui/text-field.tsx';

interface RoomNameFieldProps {
  value: string;
  onChange: (name: string) => void;
  error?: string | null;
  disabled?: boolean;
}

export function GroupNameField({ value, onChange }: Pick<RoomNameFieldProps, 'value' | 'onChange'>) {
  return (
    <TextField
      label={t('Name')}
      hint={t('Without one the group is called by its people.')}
      dir="auto"
      autoComplete="off"
      maxLength={limits.roomNameChars}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** A room's name has no spaces, so what is typed with them is written with dashes. */
export function RoomNameField({ value, onChange, error = null, disabled = false }: RoomNameFieldProps) {
  return (
    <TextField
      label={t('Name')}
      hint={t('Letters, digits, dashes and underscores.')}
      error={error}
      prefix="#"
      dir="auto"
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      required
      disabled={disabled}
      maxLength={limits.roomNameChars}
      pattern="[\p{L}\p{N}\p{M}_\-]+"
      value={value}
      onChange={(event) => onChange(event.target.value.replace(/\s+/g, '-'))}
    />
  );
}
