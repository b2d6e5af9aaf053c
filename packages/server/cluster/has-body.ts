import type { IncomingMessage } from 'node:http';
import type { ServerHttp2Stream } from 'node:http2';

/** Whether more comes after a request's headers: HTTP/1.1 tells its length, HTTP/2 whether the headers are the end. */
export function hasBody(request: IncomingMessage): boolean {
  const { headers, httpVersionMajor } = request;
  if (httpVersionMajor < 2) return headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0;
  const { stream } = request as IncomingMessage & { stream?: ServerHttp2Stream & { endAfterHeaders?: boolean } };
  return stream?.endAfterHeaders !== true;
}
