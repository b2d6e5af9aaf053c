import type { FromWorker } from '../../service-worker/worker-messages.ts';

/** Hears what the worker tells its pages; the answer ends it. */
export function onWorkerMessage(heard: (message: FromWorker) => void): () => void {
  if (!('serviceWorker' in navigator)) return () => {};
  const workers = navigator.serviceWorker;
  const listen = ({ data }: MessageEvent<FromWorker>) => heard(data);
  workers.addEventListener('message', listen);
  workers.startMessages();
  return () => workers.removeEventListener('message', listen);
}
