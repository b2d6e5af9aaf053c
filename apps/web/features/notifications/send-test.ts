import type { Confab } from '@confab/client';
import { currentLanguage } from '../../language/language.ts';
import { t } from '../../language/sentences.ts';
import { chime } from './chime.ts';
import { notificationWords } from './notification-words.ts';
import { PageNotifications } from './page-notifications.ts';
import { permissionNow } from './permission.ts';
import { type PushState, pushState } from './this-browser.ts';
import { onWorkerMessage } from './worker-line.ts';

/** What became of a test. `shown`: by the page itself, as this device is not reached otherwise. */
export type TestResult = 'arrived' | 'taken' | 'failed' | 'silent' | 'shown' | 'not-allowed';

const longestMs = 20_000;
const lookAgainMs = 1_000;

/** Sends a real notification on the way that others would take, and tells how far it came. */
export async function sendTest(confab: Confab): Promise<TestResult> {
  if (confab.settings.state.get().notifySound === 'on') void chime();
  if (permissionNow() !== 'granted') return 'not-allowed';
  const push = await pushState(confab);
  if (push.status === 'on') return throughPushService(confab, push);
  await new PageNotifications(() => {}).show(notificationWords({ kind: 'test', language: currentLanguage() }, t), true);
  return 'shown';
}

function throughPushService(confab: Confab, { subscription, sentAt }: Extract<PushState, { status: 'on' }>) {
  return new Promise<TestResult>((resolve, reject) => {
    let last: TestResult = 'silent';
    const end = (result: TestResult) => {
      stop();
      clearInterval(looking);
      clearTimeout(ending);
      resolve(result);
    };
    const stop = onWorkerMessage((message) => {
      if (message.kind === 'push-arrived' && message.about === 'test') end('arrived');
    });
    const look = async () => {
      const now = await pushState(confab);
      if (now.status !== 'on' || now.failure !== null) end('failed');
      else if (now.sentAt !== sentAt) last = 'taken';
    };
    const looking = setInterval(() => void look().catch(() => {}), lookAgainMs);
    const ending = setTimeout(() => end(last), longestMs);
    confab.call('push.test', { subscription }).catch((error: unknown) => {
      end('failed');
      reject(error);
    });
  });
}
