import type { CSSProperties } from 'react';
import styles from './avatar.module.css';
import { avatarHue, initials } from './avatar-look.ts';
import { classNames } from './class-names.ts';

interface AvatarProps {
  /** What the colour comes from: the same id has the same colour everywhere and for ever. */
  id: string;
  name: string;
  /** The hash of a picture: initials until it is there. */
  picture?: string | undefined;
  size?: 'tiny' | 'small' | 'normal' | 'large';
  /** A round mark at the corner; described in words elsewhere. */
  presence?: 'online' | 'away' | 'offline' | undefined;
}

/** Decorative: the name always stands beside it. */
export function Avatar({ id, name, picture, size = 'normal', presence }: AvatarProps) {
  return (
    <span
      className={classNames(styles.avatar, styles[size])}
      style={{ '--hue': avatarHue(id) } as CSSProperties}
      // Drawn by the style sheet: initials are no text to be read out or copied along.
      data-initials={initials(name)}
      aria-hidden
    >
      {picture === undefined ? null : (
        <img
          key={picture}
          className={styles.picture}
          src={`/api/v1/pictures/${picture}`}
          alt=""
          draggable={false}
          onLoad={({ currentTarget: { dataset } }) => {
            dataset.drawn = '';
          }}
        />
      )}
      {presence === undefined ? null : <span className={classNames(styles.dot, styles[presence])} />}
    </span>
  );
}
