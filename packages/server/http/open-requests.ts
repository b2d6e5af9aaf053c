import type { ServerResponse } from 'node:http';

/** Requests that are not answered yet, so that a server that stops can wait for them. */
export class OpenRequests {
  private readonly open = new Set<ServerResponse>();
  private onEmpty: (() => void) | null = null;

  add(response: ServerResponse): void {
    this.open.add(response);
    response.once('close', () => {
      this.open.delete(response);
      if (this.open.size === 0) this.onEmpty?.();
    });
  }

  /** Resolves when all are answered or have gone. */
  finished(): Promise<void> {
    return new Promise((resolve) => {
      if (this.open.size === 0) resolve();
      else this.onEmpty = resolve;
    });
  }
}
