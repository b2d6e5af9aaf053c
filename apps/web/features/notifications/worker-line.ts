import type { FromWorker } from '../../service-worker/worker-messages.ts';

/** The browser's workers; none at an address without HTTPS, and where somebody keeps them away. */
export const workersHere = (): ServiceWorkerContainer | undefined => navigator.serviceWorker;

/** Hears what the worker tells its pages; the answer ends it. */
export function onWorkerMessage(heard: (message: FromWorker) => void): () => void {
  const workers = workersHere();
  if (workers === undefined) return () => {};
  const listen = ({ data }: MessageEvent<FromWorker>) => heard(data);
  workers.addEventListener('message', listen);
  workers.startMessages();
  return () => workers.removeEventListener('message', listen);
}
