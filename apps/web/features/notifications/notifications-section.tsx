import { Link } from '../../app/navigation.tsx';
import { t } from '../../language/sentences.ts';
import { Choice } from '../../ui/choice.tsx';
import { OwnEmail } from '../mail/own-email.tsx';
import { useSetting } from '../settings/use-setting.ts';
import styles from './notifications.module.css';
import { ThisDevice } from './this-device.tsx';
import { useThisBrowser } from './use-this-browser.ts';

const directs = () =>
  [
    { value: 'all', label: t('Every message') },
    { value: 'mentions', label: t('Mentions') },
    { value: 'none', label: t('Nothing') },
  ] as const;

const channels = () =>
  [
    { value: 'all', label: t('Every message') },
    { value: 'mentions', label: t('Mentions'), hint: t('Of you, and of everyone') },
    { value: 'none', label: t('Nothing') },
  ] as const;

const threads = () =>
  [
    { value: 'on', label: t('Every reply') },
    { value: 'off', label: t('Mentions') },
  ] as const;

const contents = () =>
  [
    { value: 'shown', label: t('Who and what'), hint: t('Also on a locked screen') },
    { value: 'hidden', label: t('Only that there is one') },
  ] as const;

const times = () =>
  [
    { value: 'always', label: t('Always') },
    { value: 'away', label: t('When I am away'), hint: t('Not while you use Confab elsewhere') },
  ] as const;

const sounds = () =>
  [
    { value: 'on', label: t('On') },
    { value: 'off', label: t('Off') },
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
    <>
      <ThisDevice browser={browser} />
      <Choice
        legend={t('Direct messages and groups')}
        value={notifyDirects}
        options={directs()}
        onChange={setDirects}
      />
      <Choice legend={t('Channels')} value={notifyChannels} options={channels()} onChange={setChannels} />
      <Choice legend={t('Threads that you follow')} value={notifyThreads} options={threads()} onChange={setThreads} />
      <Choice legend={t('Notifications say')} value={notifyContent} options={contents()} onChange={setContent} />
      <Choice
        legend={t('On devices where Confab is closed')}
        value={pushWhen}
        options={times()}
        onChange={setPushWhen}
      />
      <OwnEmail />
      <Choice legend={t('Sound')} value={notifySound} options={sounds()} onChange={setSound} />
      <Link className={styles.testLink} to={{ page: 'notification-test' }}>
        {t('Test my notifications')}
      </Link>
    </>
  );
}
