import { type ComponentProps, cloneElement, lazy, type ReactElement, type ReactNode, Suspense, useState } from 'react';

/** A menu's content as data. Groups are parted by a line. */
export type MenuEntry =
  | { kind: 'action'; label: string; icon?: ReactNode; shortcut?: string; danger?: boolean; onSelect: () => void }
  | {
      kind: 'choice';
      label: string;
      value: string;
      options: readonly { value: string; label: string; icon?: ReactNode }[];
      onSelect: (value: string) => void;
    };

export interface MenuProps {
  /** A button. */
  trigger: ReactElement<ComponentProps<'button'>>;
  /** A line of text at the top that says what the menu belongs to. */
  heading?: ReactNode;
  groups: readonly (readonly MenuEntry[])[];
  align?: 'start' | 'end';
  side?: 'top' | 'bottom';
  /** Its button stands where everything that reaches out is cut off: drawn at the end of the page instead. */
  clipped?: boolean;
}

const load = () => import('./radix-menu.tsx');
const RadixMenu = lazy(load);

/** A button with a menu. What draws the menu is loaded when someone points at a button that has one, or presses it. */
export function Menu(props: MenuProps) {
  const [asked, setAsked] = useState(false);
  const button = cloneElement(props.trigger, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onPointerEnter: () => void load(),
    onFocus: () => void load(),
    onClick: () => setAsked(true),
  });
  if (!asked) return button;
  return (
    <Suspense fallback={button}>
      <RadixMenu {...props} />
    </Suspense>
  );
}
