import { Search } from 'lucide-react';
import { useEffect, useId } from 'react';
import { t } from '../../language/sentences.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { argumentsHint } from '../commands/arguments-hint.ts';
import styles from './palette-dialog.module.css';
import { PaletteOption } from './palette-option.tsx';
import { usePalette } from './use-palette.ts';

/** A few letters and Enter: the quickest way to a room, a person, a page, a command, or what was said. */
export default function PaletteDialog({ onClose }: { onClose: () => void }) {
  const { typed, type, groups, entries, chosen, choose, open, press, mistake, command } = usePalette(onClose);
  const list = useId();
  const current = entries[chosen];
  useEffect(() => {
    document.getElementById(`${list}-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [list, chosen]);
  return (
    <Dialog title={t('Go to or do something')} size="command" onClose={onClose}>
      <div className={styles.search}>
        <Search size={18} aria-hidden />
        <input
          className={styles.input}
          autoFocus
          role="combobox"
          aria-label={t('Rooms, people, pages and commands')}
          aria-expanded
          aria-controls={list}
          aria-activedescendant={current === undefined ? undefined : `${list}-${chosen}`}
          aria-describedby={`${list}-note`}
          placeholder={t('Where to?')}
          autoComplete="off"
          autoCapitalize="none"
          enterKeyHint="go"
          spellCheck={false}
          dir="auto"
          value={typed}
          onChange={(event) => type(event.target.value)}
          onKeyDown={press}
        />
      </div>
      <div id={list} role="listbox" aria-label={t('What was found')} className={styles.list}>
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
          <div key={group.title ?? 'found'} role="group" aria-label={group.title ?? t('Found')}>
            {group.title === undefined ? null : (
              <div className={styles.title} aria-hidden>
                {group.title}
              </div>
            )}
            {group.entries.map((entry) => {
              const index = entries.indexOf(entry);
              return (
                <PaletteOption
                  key={entry.key}
                  id={`${list}-${index}`}
                  entry={entry}
                  selected={index === chosen}
                  onPoint={() => choose(index)}
                  onOpen={(aside) => open(entry, aside)}
                />
              );
            })}
          </div>
        ))}
      </div>
      <div id={`${list}-note`} className={styles.note} role="status">
        {mistake !== null ? (
          <span className={styles.mistake}>{mistake}</span>
        ) : command !== undefined && command.arguments.length > 0 ? (
          `/${command.name} ${argumentsHint(command)}`
        ) : (
          t('Begin with # for rooms, @ for people, / for commands.')
        )}
      </div>
    </Dialog>
  );
}
