import {
  type ComponentProps,
  type ComponentType,
  cloneElement,
  type ReactElement,
  type ReactNode,
  useState,
} from 'react';
import { untilLoaded } from './lazy.ts';

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
 * draws the button too, with the menu open from its first moment. Until then the button stays the same one, with the
 * focus, however long that takes.
 */
export function lazyMenu<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props & { trigger: Trigger }> }>,
): ComponentType<Props & { trigger: Trigger }> {
  // Whether it comes matters once it is asked for.
  const prepare = () => void load().catch(() => undefined);
  return function LazyMenu(props) {
    const [Loaded, setLoaded] = useState<ComponentType<Props & { trigger: Trigger }> | null>(null);
    if (Loaded !== null) return <Loaded {...props} />;
    return cloneElement(props.trigger, {
      'aria-haspopup': 'menu',
      'aria-expanded': false,
      onPointerEnter: prepare,
      onFocus: prepare,
      onClick: () => void untilLoaded(load).then((loaded) => setLoaded(() => loaded.default)),
    });
  };
}

/** A button with a menu whose entries are at hand. */
export const Menu = lazyMenu<Omit<MenuProps, 'trigger'>>(() => import('./radix-menu.tsx'));
