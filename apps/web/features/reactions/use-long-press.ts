import { type MouseEvent, type PointerEvent, useEffect, useRef } from 'react';

const holdMs = 450;
/** A finger that moves further than this scrolls. CSS pixels. */
const slackPx = 10;

interface Handlers {
  onPointerDown(event: PointerEvent): void;
  onPointerMove(event: PointerEvent): void;
  onPointerUp(): void;
  onPointerCancel(): void;
  onContextMenu(event: MouseEvent): void;
  onClick(event: MouseEvent): void;
}

/** What a finger held on a control does, or the key or button that asks for its context menu; otherwise `onPress`. */
export function useLongPress(onHold: () => void, onPress: () => void): Handlers {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const start = useRef({ x: 0, y: 0 });
  const finger = useRef(false);
  /** The finger that is down has been held: lifting it is no press. */
  const held = useRef(false);
  useEffect(() => () => clearTimeout(timer.current), []);
  const stop = () => clearTimeout(timer.current);
  const hold = () => {
    stop();
    if (held.current) return;
    held.current = finger.current;
    onHold();
  };
  return {
    onPointerDown: ({ pointerType, clientX, clientY }) => {
      held.current = false;
      finger.current = pointerType === 'touch';
      start.current = { x: clientX, y: clientY };
      if (finger.current) timer.current = setTimeout(hold, holdMs);
    },
    onPointerMove: ({ clientX, clientY }) => {
      if (Math.hypot(clientX - start.current.x, clientY - start.current.y) > slackPx) stop();
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onContextMenu: (event) => {
      event.preventDefault();
      hold();
    },
    onClick: () => {
      if (held.current) held.current = false;
      else onPress();
    },
  };
}
