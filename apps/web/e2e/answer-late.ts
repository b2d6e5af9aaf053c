import type { Page } from 'playwright-core';

/** From the next page on that is loaded: has the server say so much later whatever these words stand in. */
export async function answerLate(page: Page, words: string, byMs: number): Promise<void> {
  await page.routeWebSocket(/\/connect$/, (socket) => {
    socket.connectToServer().onMessage((said) => {
      if (said.includes(words)) setTimeout(() => socket.send(said), byMs);
      else socket.send(said);
    });
  });
}
