import { errorRow, type WireError } from '@confab/protocol';

/** What tus-node-server takes for an answer when it is thrown. */
export interface TusError {
  readonly status_code: number;
  readonly body: string;
}

/** An error of Confab's in its one form ([C6]). */
export const asTusError = (error: WireError): TusError => ({
  status_code: errorRow(error.code).status,
  body: JSON.stringify({ error }),
});
