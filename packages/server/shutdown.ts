/**
 * Ends the process in good order on SIGTERM or SIGINT: what was accepted is finished and everyone is told when to
 * come back. A second signal ends it at once, which loses nothing that was acknowledged either.
 */
export function endOnSignals(close: () => Promise<void>, say: (sentence: string) => void): void {
  let asked = false;
  const onSignal = (): void => {
    if (asked) process.exit(1);
    asked = true;
    say('Stopping: finishing what was begun. Once more to stop at once.');
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

/** After an error that nothing caught the state is unknown: it is reported, and the process ends to be started anew. */
export function endOnBugs(close: () => Promise<void>, report: (error: unknown) => void): void {
  let ending = false;
  const onBug = (error: unknown): void => {
    report(error);
    if (ending) return;
    ending = true;
    const end = (): never => process.exit(1);
    const giveUp = setTimeout(end, 5_000);
    giveUp.unref();
    close().then(end, end);
  };
  process.on('uncaughtException', onBug);
  process.on('unhandledRejection', onBug);
}
