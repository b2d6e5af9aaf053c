import { Framed } from './framed.ts';
import type { Framing } from './transport.ts';

/** One frame's text on its way to any number of connections. `seq` is 0 for what stands on no log. */
export class Frame extends Framed {
  readonly text: string;
  readonly seq: number;
  readonly notice: boolean;

  constructor(text: string, seq = 0, notice = false) {
    super();
    this.text = text;
    this.seq = seq;
    this.notice = notice;
  }

  protected make(framing: Framing): Uint8Array {
    return framing.frame(this.text);
  }
}

/** What tells a logged event from every other one: its frame up to `data` ([F4]), which may be wiped later ([L13]). */
export function identityOf(text: string): string {
  return text.slice(0, text.indexOf(',"data":'));
}
