import { postSteadily, type SteadyPosts } from '../../load/steady-posts.ts';

/** Someone who uses the server while others torment it: posts until told to stop, then says how long each post took. */
const over = new AbortController();

process.on('message', async (message: SteadyPosts | 'stop') => {
  if (message === 'stop') return over.abort();
  const { ackMs } = await postSteadily(message, over.signal);
  process.send?.(ackMs);
});
process.on('disconnect', () => process.exit());
