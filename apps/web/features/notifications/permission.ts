import { useSyncExternalStore } from 'react';

/** What the browser lets this page do. `unsupported`: it knows no notifications here. */
export type Permission = NotificationPermission | 'unsupported';

const listeners = new Set<() => void>();
const changed = (): void => {
  for (const listener of listeners) listener();
};

export const permissionNow = (): Permission => ('Notification' in window ? Notification.permission : 'unsupported');

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  let status: PermissionStatus | undefined;
  // Told by browsers that can, when somebody changes it in their settings.
  navigator.permissions
    ?.query({ name: 'notifications' })
    .then((found) => {
      status = found;
      if (listeners.has(listener)) status.addEventListener('change', listener);
    })
    .catch(() => {});
  return () => {
    listeners.delete(listener);
    status?.removeEventListener('change', listener);
  };
}

export function usePermission(): Permission {
  return useSyncExternalStore(subscribe, permissionNow);
}

/** Asks the person, by way of the browser. Only ever after they pressed something that says what for. */
export async function askPermission(): Promise<Permission> {
  if (permissionNow() === 'default') await Notification.requestPermission();
  changed();
  return permissionNow();
}
