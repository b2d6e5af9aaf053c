/** Does one thing after the other. */
export class WorkQueue {
  private readonly failed: (error: unknown) => void;
  /** The queue has become shorter. */
  private readonly worked: () => void;
  private readonly waiting: (() => Promise<void>)[] = [];
  private working = false;

  constructor(worked: () => void, failed: (error: unknown) => void) {
    this.worked = worked;
    this.failed = failed;
  }

  get length(): number {
    return this.waiting.length + (this.working ? 1 : 0);
  }

  push(work: () => Promise<void>): void {
    this.waiting.push(work);
    if (!this.working) void this.run();
  }

  /** Forgets what has not begun. */
  clear(): void {
    this.waiting.length = 0;
  }

  private async run(): Promise<void> {
    this.working = true;
    for (let work = this.waiting.shift(); work !== undefined; work = this.waiting.shift()) {
      try {
        await work();
      } catch (error) {
        this.failed(error);
      }
      if (this.waiting.length > 0) this.worked();
    }
    this.working = false;
    this.worked();
  }
}
