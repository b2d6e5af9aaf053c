import { useEffect, useRef, useState } from 'react';
import styles from './markdown.module.css';

/** A formula. What it was written as shows until it can be drawn, and when it cannot be. */
export function Formula({ tex, display }: { tex: string; display: boolean }) {
  const place = useRef<HTMLSpanElement>(null);
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    let wanted = true;
    import('./draw-formula.ts').then(
      ({ drawFormula }) => {
        const element = place.current;
        if (wanted && element !== null) setDrawn(drawFormula(element, tex, display));
      },
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [tex, display]);
  return (
    <span className={display ? styles.display : undefined} dir="ltr">
      <span ref={place} hidden={!drawn} />
      {drawn ? null : <code className={styles.code}>{display ? `$$${tex}$$` : `$${tex}$`}</code>}
    </span>
  );
}
