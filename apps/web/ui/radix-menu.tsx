import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import { Fragment } from 'react';
import { currentDirection } from '../language/language.ts';
import { classNames } from './class-names.ts';
import styles from './menu.module.css';
import type { MenuEntry, MenuProps } from './menu.tsx';

/**
 * The menu itself, open from its first moment: it is loaded because someone asked for it. Drawn beside its button and
 * not at the end of the page, so that it belongs to the same landmark, unless it would be cut off there.
 */
export default function RadixMenu(props: MenuProps) {
  const { trigger, heading, groups, align = 'start', side = 'bottom', clipped = false } = props;
  const Layer = clipped ? Radix.Portal : Fragment;
  return (
    <Radix.Root modal={false} defaultOpen dir={currentDirection()}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Layer>
        <Radix.Content className={styles.menu} align={align} side={side} sideOffset={6} collisionPadding={8} loop>
          {heading === undefined ? null : <div className={styles.heading}>{heading}</div>}
          {groups
            .filter((group) => group.length > 0)
            .map((group, index) => (
              <Radix.Group key={group[0]?.label} className={classNames(index > 0 && styles.parted)}>
                {group.map((entry) => (
                  <Entry key={entry.label} entry={entry} />
                ))}
              </Radix.Group>
            ))}
        </Radix.Content>
      </Layer>
    </Radix.Root>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  if (entry.kind === 'choice') {
    return (
      <Radix.RadioGroup value={entry.value} onValueChange={entry.onSelect} aria-label={entry.label}>
        <Radix.Label className={styles.label}>{entry.label}</Radix.Label>
        {entry.options.map((option) => (
          <Radix.RadioItem key={option.value} value={option.value} className={styles.item}>
            {option.icon}
            <span className={styles.words}>{option.label}</span>
            <Radix.ItemIndicator className={styles.check}>
              <Check size={16} aria-hidden />
            </Radix.ItemIndicator>
          </Radix.RadioItem>
        ))}
      </Radix.RadioGroup>
    );
  }
  return (
    <Radix.Item className={classNames(styles.item, entry.danger && styles.danger)} onSelect={entry.onSelect}>
      {entry.icon}
      <span className={styles.words}>{entry.label}</span>
      {entry.shortcut ? <kbd className={styles.shortcut}>{entry.shortcut}</kbd> : null}
    </Radix.Item>
  );
}
