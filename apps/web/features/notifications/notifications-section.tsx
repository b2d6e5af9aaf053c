import { Link } from '../../app/navigation.tsx';
import { Choice } from '../../ui/choice.tsx';
import { PageSection } from '../../ui/page.tsx';
import { OwnEmail } from '../mail/own-email.tsx';
import { useSetting } from '../settings/use-setting.ts';
import styles from './notifications.module.css';
import { ThisDevice } from './this-device.tsx';
import { useThisBrowser } from './use-this-browser.ts';

const directs = [
  { value: 'all', label: 'Every message' },
  { value: 'mentions', label: 'Mentions' },
  { value: 'none', label: 'Nothing' },
] as const;

const channels = [
  { value: 'all', label: 'Every message' },
  { value: 'mentions', label: 'Mentions', hint: 'Of you, and of everyone' },
  { value: 'none', label: 'Nothing' },
] as const;

const threads = [
  { value: 'on', label: 'Every reply' },
  { value: 'off', label: 'Mentions' },
] as const;

const contents = [
  { value: 'shown', label: 'Who and what', hint: 'Also on a locked screen' },
  { value: 'hidden', label: 'Only that there is one' },
] as const;

const times = [
  { value: 'always', label: 'Always' },
  { value: 'away', label: 'When I am away', hint: 'Not while you use Confab elsewhere' },
] as const;

const sounds = [
  { value: 'on', label: 'On' },
  { value: 'off', label: 'Off' },
] as const;

/** What one is told of, where, and how loudly. */
export function NotificationsSection() {
  const browser = useThisBrowser();
  const [notifyDirects, setDirects] = useSetting('notifyDirects');
  const [notifyChannels, setChannels] = useSetting('notifyChannels');
  const [notifyThreads, setThreads] = useSetting('notifyThreads');
  const [notifyContent, setContent] = useSetting('notifyContent');
  const [notifySound, setSound] = useSetting('notifySound');
  const [pushWhen, setPushWhen] = useSetting('pushWhen');
  return (
    <PageSection title="Notifications" hint="What you choose for a single room, in its menu, comes before this.">
      <ThisDevice browser={browser} />
      <Choice legend="Direct messages and groups" value={notifyDirects} options={directs} onChange={setDirects} />
      <Choice legend="Channels" value={notifyChannels} options={channels} onChange={setChannels} />
      <Choice legend="Threads that you follow" value={notifyThreads} options={threads} onChange={setThreads} />
      <Choice legend="Notifications say" value={notifyContent} options={contents} onChange={setContent} />
      <Choice legend="On devices where Confab is closed" value={pushWhen} options={times} onChange={setPushWhen} />
      <OwnEmail />
      <Choice legend="Sound" value={notifySound} options={sounds} onChange={setSound} />
      <Link className={styles.testLink} to={{ page: 'notification-test' }}>
        Test my notifications
      </Link>
    </PageSection>
  );
}
