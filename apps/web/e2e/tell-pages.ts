import { afterEach } from 'vitest';
import { shownNow } from './stage.ts';

afterEach(async ({ task }) => {
  const [error] = task.result?.errors ?? [];
  if (error !== undefined) error.message += `\n\nThe pages show:\n${await shownNow()}`;
});
