import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came for a browser, as the browser reads it. */
export interface ArrivedPush {
  readonly path: string;
  readonly text: string;
  readonly ttl: string | undefined;
  readonly topic: string | undefined;
  readonly urgency: string | undefined;
}

/** A browser: its keys, and how it reads what is encrypted for them (RFC 8188 and RFC 8291, written after the texts). */
class Receiver {
  readonly #pair = createECDH('prime256v1');
  readonly #auth = randomBytes(16);

  constructor() {
    this.#pair.generateKeys();
  }

  get keys() {
    return { p256dh: this.#pair.getPublicKey('base64url'), auth: this.#auth.toString('base64url') };
  }

  /** @throws when it was not encrypted for this browser. */
  read(body: Buffer): string {
    const [salt, idLength] = [body.subarray(0, 16), body.readUInt8(20)];
    const senderKey = body.subarray(21, 21 + idLength);
    const secret = this.#pair.computeSecret(senderKey);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.#pair.getPublicKey(), senderKey]);
    const input = Buffer.from(hkdfSync('sha256', secret, this.#auth, info, 32));
    const key = Buffer.from(hkdfSync('sha256', input, salt, 'Content-Encoding: aes128gcm\0', 16));
    const nonce = Buffer.from(hkdfSync('sha256', input, salt, 'Content-Encoding: nonce\0', 12));
    const record = body.subarray(21 + idLength);
    const open = createDecipheriv('aes-128-gcm', key, nonce);
    open.setAuthTag(record.subarray(-16));
    const padded = Buffer.concat([open.update(record.subarray(0, -16)), open.final()]);
    // The last record ends with a 2 and then zeros (RFC 8188, section 2).
    const end = padded.lastIndexOf(2);
    return padded.subarray(0, end).toString();
  }
}

/** Checks who sends (RFC 8292): the token is signed by the key that the browser subscribed with, and for this service. */
function checkSender(authorization: string, publicKey: string, origin: string): void {
  const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(authorization) ?? [];
  if (key !== publicKey) throw new Error('Somebody else’s key.');
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(publicKey, 'base64url');
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')];
  const signer = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  const signed = { key: signer, dsaEncoding: 'ieee-p1363' } as const;
  if (!verify('sha256', Buffer.from(`${head}.${claims}`), signed, Buffer.from(signature, 'base64url'))) {
    throw new Error('The signature is wrong.');
  }
  const { aud } = JSON.parse(Buffer.from(claims, 'base64url').toString());
  if (aud !== origin) throw new Error('Meant for another service.');
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A push service with the browsers that listen at it. What it answers is up to the test. */
export class PushService {
  readonly arrived: ArrivedPush[] = [];
  /** How often it was asked, whatever came of it. */
  asked = 0;
  /** The answer to what comes next. */
  answer: { status: number; headers?: Record<string, string> } = { status: 201 };
  readonly #receivers = new Map<string, Receiver>();
  readonly #server = createServer((request, response) => {
    this.#take(request).then(
      () => response.writeHead(this.answer.status, this.answer.headers).end(),
      (error: unknown) => response.writeHead(400).end(String(error)),
    );
  });
  #publicKey = '';
  origin = '';

  async open(host: string): Promise<void> {
    await new Promise<void>((listening) => this.#server.listen(0, host, listening));
    this.origin = `http://${host}:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** What a new browser gives to be told in it. */
  subscribe(publicKey: string) {
    this.#publicKey = publicKey;
    const receiver = new Receiver();
    const path = `/browsers/${this.#receivers.size + 1}`;
    this.#receivers.set(path, receiver);
    return { endpoint: `${this.origin}${path}`, keys: receiver.keys };
  }

  async #take(request: IncomingMessage): Promise<void> {
    this.asked += 1;
    const { url: path = '', headers } = request;
    const body = await bodyOf(request);
    checkSender(headers.authorization ?? '', this.#publicKey, this.origin);
    if (headers['content-encoding'] !== 'aes128gcm') throw new Error('Encoded otherwise.');
    const text = this.#receivers.get(path)?.read(body) ?? '';
    if (this.answer.status >= 300) return;
    const { ttl, topic, urgency } = headers as Record<string, string | undefined>;
    this.arrived.push({ path, text, ttl, topic, urgency });
  }
}
