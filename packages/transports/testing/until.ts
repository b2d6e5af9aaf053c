/** Waits for something that another socket brings about. `seen` says what was there instead. */
export async function until(condition: () => boolean, seen?: () => string, deadlineMs = 10_000): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`not within ${deadlineMs} ms: ${seen?.() ?? condition}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
