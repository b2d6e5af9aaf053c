import type { Link } from '../link/link-keeper.ts';
import type { Subscriber } from './subscriptions.ts';

/** Connections to publish and to hear. */
export interface RedisLink extends Link, Subscriber {
  /** Resolves when Redis has passed it on. */
  publish(channel: string, payload: string): Promise<unknown>;
}

export interface RedisLinkParts {
  readonly url: string;
  /** What the connections are called in `CLIENT LIST`. */
  readonly name: string;
  readonly connectMs: number;
  readonly receive: (payload: string) => void;
  readonly lost: (why: unknown) => void;
  readonly signal: AbortSignal;
}

/** How every connection behaves: it does not connect again, keeps nothing for later and has no timers of its own. */
export const connectionOptions = ({ name, connectMs }: Pick<RedisLinkParts, 'name' | 'connectMs'>) =>
  ({
    name,
    disableOfflineQueue: true,
    maintNotifications: 'disabled',
    commandOptions: { timeout: 0 },
    socket: { connectTimeout: connectMs, reconnectStrategy: false },
  }) as const;
