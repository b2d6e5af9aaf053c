import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { Gate } from '@confab/engine';
import { checkedTarget, type Resolve, resolveBySystem, type Target } from './checked-target.ts';
import { outgoingLimits } from './limits.ts';
import { OutgoingFault } from './outgoing-fault.ts';
import type { AddressRange } from './public-address.ts';

export interface OutgoingRequest {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface OutgoingAnswer {
  readonly status: number;
  /** Where it came from in the end. */
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  /** Unpacked, and cut at `outgoingLimits.bodyBytes` or where it broke off. */
  readonly body: Buffer;
}

export interface OutsideOptions {
  /** Ranges that are let through though they are not public. */
  readonly allowed?: readonly AddressRange[];
  readonly resolve?: Resolve;
  /** Milliseconds that a request may take in all. */
  readonly totalMs?: number;
}

const unpackers = { gzip: createGunzip, 'x-gzip': createGunzip, br: createBrotliDecompress } as const;

/**
 * The one way in which the server asks something of others at an address that people gave. It goes to public hosts
 * alone: names are resolved here, every address is checked and exactly these are connected to, at every redirect anew.
 * It carries no cookies and nothing of whoever gave the address.
 */
export class Outside {
  readonly #allowed: readonly AddressRange[];
  readonly #resolve: Resolve;
  readonly #totalMs: number;
  readonly #gate = new Gate(outgoingLimits.atOnce, outgoingLimits.waiting);

  constructor({ allowed, resolve, totalMs }: OutsideOptions = {}) {
    this.#allowed = allowed ?? [];
    this.#resolve = resolve ?? resolveBySystem;
    this.#totalMs = totalMs ?? outgoingLimits.totalMs;
  }

  /**
   * Redirects are followed for GET alone.
   * @throws OutgoingFault when nothing comes back; `Refusal('overloaded')` when too many wait.
   */
  request(url: string, request: OutgoingRequest = {}): Promise<OutgoingAnswer> {
    return this.#gate.run(async () => {
      const signal = AbortSignal.timeout(this.#totalMs);
      try {
        return await this.#followed(url, request, signal);
      } catch (error) {
        if (error instanceof OutgoingFault && !signal.aborted) throw error;
        throw new OutgoingFault(signal.aborted ? 'too-slow' : 'unreachable', { cause: error });
      }
    });
  }

  async #followed(url: string, request: OutgoingRequest, signal: AbortSignal): Promise<OutgoingAnswer> {
    let next = url;
    for (let redirects = 0; redirects <= outgoingLimits.redirects; redirects += 1) {
      // A resolver cannot be interrupted: whoever is too slow is no longer waited for.
      const target = await orAborted(checkedTarget(next, this.#resolve, this.#allowed), signal);
      const response = await ask(target, request, signal);
      const { statusCode: status = 0, headers } = response;
      const isRedirect = status >= 300 && status < 400 && headers.location !== undefined;
      if (!isRedirect || request.method === 'POST') {
        return { status, url: target.url.href, headers, body: await bodyOf(response, signal) };
      }
      response.destroy();
      next = redirectedTo(headers.location ?? '', target.url);
    }
    throw new OutgoingFault('too-many-redirects');
  }
}

function redirectedTo(location: string, from: URL): string {
  if (!URL.canParse(location, from.href)) throw new OutgoingFault('address-form');
  return new URL(location, from.href).href;
}

function ask({ url, addresses }: Target, request: OutgoingRequest, signal: AbortSignal): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = request;
    const asked = (url.protocol === 'https:' ? https : http).request(url, {
      method,
      headers: { 'accept-encoding': 'gzip, br', ...headers },
      // A connection of its own: none is shared with what was asked before.
      agent: false,
      maxHeaderSize: outgoingLimits.headerBytes,
      signal,
      lookup: (_hostname, { all }, found) => {
        const [first] = addresses;
        if (all) found(null, [...addresses]);
        else found(null, first?.address ?? '', first?.family);
      },
    });
    asked.once('response', resolve);
    asked.on('error', reject);
    asked.end(body);
  });
}

async function bodyOf(response: http.IncomingMessage, signal: AbortSignal): Promise<Buffer> {
  const encoding = response.headers['content-encoding'] ?? 'identity';
  const unpack = Object.hasOwn(unpackers, encoding) ? unpackers[encoding as keyof typeof unpackers]() : undefined;
  // What breaks off is as good as what is cut off: the reader takes what there is.
  const source: Readable = unpack ? response.on('error', (error) => unpack.destroy(error)).pipe(unpack) : response;
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= outgoingLimits.bodyBytes) break;
    }
  } catch (error) {
    if (signal.aborted) throw error;
  } finally {
    response.destroy();
    source.destroy();
  }
  return Buffer.concat(chunks).subarray(0, outgoingLimits.bodyBytes);
}

function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
