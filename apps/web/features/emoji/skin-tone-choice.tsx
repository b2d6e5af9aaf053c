import { useState } from 'react';
import { type Sentence, sentence, t } from '../../language/sentences.ts';
import styles from './emoji-picker.module.css';
import { type SkinTone, skinTones, withSkinTone } from './skin-tone.ts';

const names: Readonly<Record<SkinTone, Sentence>> = {
  none: sentence('No skin tone'),
  light: sentence('Light skin tone'),
  'medium-light': sentence('Medium-light skin tone'),
  medium: sentence('Medium skin tone'),
  'medium-dark': sentence('Medium-dark skin tone'),
  dark: sentence('Dark skin tone'),
};

/** A hand in the chosen tone; pressed, it opens to all of them. */
export function SkinToneChoice({ tone, onChoose }: { tone: SkinTone; onChoose: (tone: SkinTone) => void }) {
  const [open, setOpen] = useState(false);
  if (!open) {
    return (
      <button
        type="button"
        className={styles.tone}
        aria-label={t('Skin tone: {tone}', { tone: t(names[tone]) })}
        data-tooltip={t('Skin tone')}
        onClick={() => setOpen(true)}
      >
        {withSkinTone('✋', tone)}
      </button>
    );
  }
  return (
    <fieldset className={styles.tones} aria-label={t('Skin tone')}>
      {skinTones.map((each) => (
        <button
          key={each}
          type="button"
          className={styles.tone}
          aria-label={t(names[each])}
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
