import type { ServerResponse } from 'node:http';
import { constants, type ServerHttp2Stream } from 'node:http2';

/** Breaks an answer off, so that nobody takes it for whole: over HTTP/2 `destroy` alone would end it in order. */
export function breakOff(response: ServerResponse): void {
  const { stream } = response as ServerResponse & { readonly stream?: ServerHttp2Stream };
  if (stream?.destroyed === false) stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  response.destroy();
}
