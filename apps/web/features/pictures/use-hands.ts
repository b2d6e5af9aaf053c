import { type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import { type Crop, moved, type Size, zoomed } from './crop.ts';

/** How far a wheel turns until what is shown is half as large. */
const wheelToHalf = 400;

/** Where something is on the stage: 0 is its left or upper edge, 1 the other one. */
interface Place {
  readonly x: number;
  readonly y: number;
}

const apart = (a: Place, b: Place): number => Math.hypot(a.x - b.x, a.y - b.y);

function placeOf({ clientX, clientY }: MouseEvent | PointerEvent, stage: Element): Place {
  const { left, top, width, height } = stage.getBoundingClientRect();
  return { x: (clientX - left) / width, y: (clientY - top) / height };
}

type Change = (next: (now: Crop) => Crop) => void;

/** What hands do on the stage: one finger drags, two zoom, a wheel zooms where it points. `change` stays the same. */
export function useHands(stage: RefObject<HTMLElement | null>, picture: Size, change: Change) {
  const fingers = useRef(new Map<number, Place>());
  useEffect(() => {
    const element = stage.current;
    const turn = (event: WheelEvent) => {
      event.preventDefault();
      const at = placeOf(event, event.currentTarget as Element);
      change((now) => zoomed(picture, now, now.zoom * 2 ** (-event.deltaY / wheelToHalf), at));
    };
    // React's own listens without a way to keep the page from scrolling.
    element?.addEventListener('wheel', turn, { passive: false });
    return () => element?.removeEventListener('wheel', turn);
  }, [stage, picture, change]);
  const lift = (event: PointerEvent) => void fingers.current.delete(event.pointerId);
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      fingers.current.set(event.pointerId, placeOf(event, event.currentTarget));
    },
    onPointerMove: (event: PointerEvent) => {
      const before = fingers.current.get(event.pointerId);
      if (before === undefined) return;
      const after = placeOf(event, event.currentTarget);
      const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
      fingers.current.set(event.pointerId, after);
      if (other === undefined) {
        change((now) => moved(picture, now, before.x - after.x, before.y - after.y));
        return;
      }
      const wider = apart(after, other) / Math.max(apart(before, other), Number.EPSILON);
      const middle = { x: (after.x + other.x) / 2, y: (after.y + other.y) / 2 };
      change((now) => zoomed(picture, now, now.zoom * wider, middle));
    },
    onPointerUp: lift,
    onPointerCancel: lift,
  };
}
