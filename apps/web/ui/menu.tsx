import {
  type ComponentProps,
  type ComponentType,
  cloneElement,
  lazy,
  type ReactElement,
  type ReactNode,
  Suspense,
  useState,
} from 'react';

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
  trigger: Trigger;
  /** A line of text at the top that says what the menu belongs to. */
  heading?: ReactNode;
  groups: readonly (readonly MenuEntry[])[];
  align?: 'start' | 'end';
  side?: 'top' | 'bottom';
  /** Its button stands where everything that reaches out is cut off: drawn at the end of the page instead. */
  clipped?: boolean;
}

type Trigger = ReactElement<ComponentProps<'button'>>;

/**
 * A button with a menu that is loaded when someone points at the button, or presses it. `load` gives a component that
 * draws the button too, with the menu open from its first moment.
 */
export function lazyMenu<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props & { trigger: Trigger }> }>,
): ComponentType<Props & { trigger: Trigger }> {
  const Loaded = lazy(load) as unknown as ComponentType<Props & { trigger: Trigger }>;
  return function LazyMenu(props) {
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
        <Loaded {...props} />
      </Suspense>
    );
  };
}

/** A button with a menu whose entries are at hand. */
export const Menu = lazyMenu<Omit<MenuProps, 'trigger'>>(() => import('./radix-menu.tsx'));
