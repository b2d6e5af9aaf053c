import { useState } from 'react';
import { type SkinTone, skinTones } from './skin-tone.ts';

const key = 'confab:skin-tone';

/** The tone that this device's person chose last. */
export function readSkinTone(): SkinTone {
  try {
    return skinTones.find((tone) => tone === localStorage.getItem(key)) ?? 'none';
  } catch {
    return 'none';
  }
}

export function useSkinTone(): [SkinTone, (tone: SkinTone) => void] {
  const [tone, setTone] = useState(readSkinTone);
  const choose = (next: SkinTone) => {
    setTone(next);
    try {
      localStorage.setItem(key, next);
    } catch {
      // It holds until the page is closed.
    }
  };
  return [tone, choose];
}
