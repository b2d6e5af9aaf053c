import { useState } from 'react';
import styles from './emoji-picker.module.css';
import { type SkinTone, skinTones, withSkinTone } from './skin-tone.ts';

const names: Readonly<Record<SkinTone, string>> = {
  none: 'No skin tone',
  light: 'Light skin tone',
  'medium-light': 'Medium-light skin tone',
  medium: 'Medium skin tone',
  'medium-dark': 'Medium-dark skin tone',
  dark: 'Dark skin tone',
};

/** A hand in the chosen tone; pressed, it opens to all of them. */
export function SkinToneChoice({ tone, onChoose }: { tone: SkinTone; onChoose: (tone: SkinTone) => void }) {
  const [open, setOpen] = useState(false);
  if (!open) {
    return (
      <button
        type="button"
        className={styles.tone}
        aria-label={`Skin tone: ${names[tone]}`}
        data-tooltip="Skin tone"
        onClick={() => setOpen(true)}
      >
        {withSkinTone('✋', tone)}
      </button>
    );
  }
  return (
    <fieldset className={styles.tones} aria-label="Skin tone">
      {skinTones.map((each) => (
        <button
          key={each}
          type="button"
          className={styles.tone}
          aria-label={names[each]}
          aria-pressed={each === tone}
          // biome-ignore lint/a11y/noAutofocus: the hand that had the focus has become all of them
          autoFocus={each === tone}
          onClick={() => {
            onChoose(each);
            setOpen(false);
          }}
        >
          {withSkinTone('✋', each)}
        </button>
      ))}
    </fieldset>
  );
}
