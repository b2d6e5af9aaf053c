import { Hash, Inbox, Moon, Plus, Settings, Sun, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Avatar } from '../ui/avatar.tsx';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { CopyField } from '../ui/copy-field.tsx';
import { CountBadge } from '../ui/count-badge.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu } from '../ui/menu.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { TextArea, TextField } from '../ui/text-field.tsx';
import { ToastStack } from '../ui/toast.tsx';
import TooltipLayer from '../ui/tooltip-layer.tsx';
import styles from './design-page.module.css';

/** All parts of `ui/` in all their states, in both themes side by side. Only in development. */
export default function DesignPage() {
  return (
    <>
      <div className={styles.page}>
        {(['light', 'dark'] as const).map((theme) => (
          <main key={theme} className={styles.theme} style={{ colorScheme: theme }}>
            <h1 className={styles.title}>{theme}</h1>
            <Parts />
          </main>
        ))}
        <ToastStack notes={[{ id: 1, tone: 'done', text: 'The link was copied.' }]} onClose={() => undefined} />
      </div>
      <TooltipLayer />
    </>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h2 className={styles.name}>{name}</h2>
      <div className={styles.row}>{children}</div>
    </section>
  );
}

function Parts() {
  return (
    <>
      <Buttons />
      <Fields />
      <Layers />
      <Part name="Avatar">
        {['Ada', 'Ben Ito', 'Chloé', 'Dmitri', 'Мира', '李雷', '🦊 Fox'].map((name) => (
          <Avatar key={name} id={name} name={name} />
        ))}
        <Avatar id="a" name="Ada" size="small" presence="online" />
        <Avatar id="b" name="Ben" presence="away" />
        <Avatar id="c" name="Cleo" size="large" presence="offline" />
      </Part>
      <Part name="Count badge">
        <CountBadge count={1} spoken="1 unread" />
        <CountBadge count={42} spoken="42 unread" />
        <CountBadge count={10_000} spoken="10,000 unread" />
      </Part>
      <Part name="Banner">
        <Banner>Everyone in the space can find this room.</Banner>
        <Banner tone="warning">Offline. 3 messages will be sent when you are back.</Banner>
        <Banner tone="danger">That name and password do not match an account here.</Banner>
      </Part>
      <Part name="Skeleton">
        <Skeleton rows={2} />
      </Part>
      <Part name="Empty state">
        <EmptyState icon={<Inbox size={24} />} title="Nothing here yet" action={<Button look="primary">Begin</Button>}>
          Says what this place is for, and offers the first step.
        </EmptyState>
      </Part>
    </>
  );
}

function Buttons() {
  return (
    <Part name="Button and icon button">
      <Button look="primary">Primary</Button>
      <Button icon={<Plus size={16} />}>Secondary</Button>
      <Button look="quiet">Quiet</Button>
      <Button look="danger">Danger</Button>
      <Button look="primary" busy>
        Busy
      </Button>
      <Button disabled>Disabled</Button>
      <Button size="small">Small</Button>
      <IconButton label="Settings" icon={<Settings size={18} />} />
      <IconButton label="Pressed" aria-pressed icon={<Hash size={18} />} />
      <IconButton label="Delete" look="danger" icon={<Trash2 size={18} />} />
      <IconButton label="Disabled" disabled icon={<Plus size={18} />} />
    </Part>
  );
}

function Fields() {
  const [theme, setTheme] = useState<'light' | 'dark'>('light');
  return (
    <Part name="Fields">
      <TextField label="Name" hint="As others see it." defaultValue="Ada" />
      <TextField label="User name" prefix="@" error="The name “ada” belongs to someone else here. Choose another." />
      <TextField label="Disabled" disabled defaultValue="general" />
      <SearchField label="Search rooms" />
      <SelectField
        label="Theme"
        value={theme}
        options={[
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
        onChange={setTheme}
      />
      <TextArea label="Topic" defaultValue="What belongs here, in a sentence." />
      <Choice
        legend="Choice"
        value={theme}
        options={[
          { value: 'light', label: 'Light', icon: <Sun size={16} /> },
          { value: 'dark', label: 'Dark', hint: 'Easy on the eyes', icon: <Moon size={16} /> },
        ]}
        onChange={setTheme}
      />
      <CopyField label="Invitation link" value="https://confab.example/join/abc" />
    </Part>
  );
}

function Layers() {
  const [open, setOpen] = useState(false);
  return (
    <Part name="Menu and dialog">
      <Menu
        trigger={<Button>Menu</Button>}
        groups={[
          [
            {
              kind: 'action',
              label: 'Settings',
              icon: <Settings size={16} />,
              shortcut: '?',
              onSelect: () => undefined,
            },
          ],
          [{ kind: 'action', label: 'Delete', icon: <Trash2 size={16} />, danger: true, onSelect: () => undefined }],
        ]}
      />
      <Button onClick={() => setOpen(true)}>Dialog</Button>
      {open ? (
        <Dialog
          title="Delete this message?"
          description="Its text is removed for everyone."
          onClose={() => setOpen(false)}
        >
          <DialogActions>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button look="danger">Delete</Button>
          </DialogActions>
        </Dialog>
      ) : null}
    </Part>
  );
}
