import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Report, Timers } from '@confab/engine';
import type { Door } from '@confab/transports/door';
import { refuse } from '@confab/transports/http/answers';
import { refuseUpgrade } from '@confab/transports/websocket';
import { breakOff } from './break-off.ts';
import { forwardRequest } from './forward-request.ts';
import { forwardUpgrade } from './forward-upgrade.ts';
import type { Handover } from './handover.ts';
import type { ClusterLimits } from './limits.ts';
import type { NodeRegistry } from './node-registry.ts';
import type { OutgoingRequests } from './outgoing-requests.ts';

const retryAfterMs = 5_000;

export interface ForwardingParts {
  readonly registry: Pick<NodeRegistry, 'name' | 'find' | 'unreachable' | 'onGone'>;
  readonly outgoing: OutgoingRequests;
  readonly timers: Timers;
  readonly report: Report;
  readonly limits: ClusterLimits;
}

interface Exchange {
  readonly kind: 'request' | 'upgrade';
  readonly node: string;
  cut(): void;
}

/** Passes what names another node on to that one. What names one that is not there is for the own door to refuse. */
export class Forwarding implements Handover {
  private readonly parts: ForwardingParts;
  private readonly exchanges = new Set<Exchange>();
  private isLeaving = false;
  private onEmpty: () => void = () => {};
  /** Requests and upgrades passed on so far. */
  total = 0;

  constructor(parts: ForwardingParts) {
    this.parts = parts;
    parts.registry.onGone((name) => {
      for (const exchange of this.exchanges) if (exchange.node === name) exchange.cut();
    });
  }

  /** Those that are under way. */
  get current(): number {
    return this.exchanges.size;
  }

  request(door: Door, request: IncomingMessage, response: ServerResponse): void {
    const node = this.elsewhere(door, request);
    const here = (): void => {
      if (!response.destroyed) door.handleRequest?.(request, response);
    };
    if (node === undefined) here();
    else if (this.exchanges.size >= this.parts.limits.exchanges) refuse(response, 'overloaded', { retryAfterMs });
    else {
      const cut = (): void => breakOff(response);
      void this.exchange({ kind: 'request', node, cut }, here, (other) =>
        response.destroyed
          ? Promise.resolve('done')
          : forwardRequest(this.parts.outgoing.begin(other, request, 'request'), request, response),
      );
    }
  }

  upgrade(door: Door, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const node = this.elsewhere(door, request);
    if (node === undefined) door.handleUpgrade?.(request, socket, head);
    else if (this.isLeaving) refuseUpgrade(socket, 'draining', { retryAfterMs });
    else if (this.exchanges.size >= this.parts.limits.exchanges) refuseUpgrade(socket, 'overloaded', { retryAfterMs });
    else {
      const cut = (): void => void socket.destroy();
      socket.on('error', cut);
      const here = (): void => {
        socket.off('error', cut);
        if (!socket.destroyed) door.handleUpgrade?.(request, socket, head);
      };
      void this.exchange({ kind: 'upgrade', node, cut }, here, (other) =>
        socket.destroyed
          ? Promise.resolve('done')
          : forwardUpgrade(this.parts.outgoing.begin(other, request, 'upgrade'), socket, head),
      );
    }
  }

  /**
   * This node leaves: upgrades are refused, and those that go through it are cut a slice at a time, so that their
   * clients come back over another node and not all at once. Requests are given a time to be answered.
   */
  async leave(): Promise<void> {
    this.isLeaving = true;
    const { leavingSlice, leavingSliceMs, finishMs } = this.parts.limits;
    for (;;) {
      const slice = [...this.exchanges].filter(({ kind }) => kind === 'upgrade').slice(0, leavingSlice);
      if (slice.length === 0) break;
      for (const exchange of slice) exchange.cut();
      await this.pause(leavingSliceMs);
    }
    if (this.exchanges.size > 0) {
      await Promise.race([this.pause(finishMs), new Promise<void>((resolve) => (this.onEmpty = resolve))]);
    }
  }

  close(): void {
    for (const exchange of this.exchanges) exchange.cut();
    this.parts.outgoing.close();
  }

  private elsewhere(door: Door, request: IncomingMessage): string | undefined {
    const node = door.nodeOf?.(request);
    return node === this.parts.registry.name ? undefined : node;
  }

  private async exchange(
    exchange: Exchange,
    here: () => void,
    pass: (node: NonNullable<Awaited<ReturnType<NodeRegistry['find']>>>) => Promise<'done' | 'untouched'>,
  ): Promise<void> {
    const { registry, report } = this.parts;
    this.exchanges.add(exchange);
    try {
      const other = await registry.find(exchange.node);
      const passed = other === undefined ? 'untouched' : await pass(other);
      if (passed === 'done') this.total += 1;
      else {
        if (other !== undefined) registry.unreachable(exchange.node);
        here();
      }
    } catch (error) {
      report('warn', 'a request could not be passed on to another node', { node: exchange.node, error });
      exchange.cut();
    } finally {
      this.exchanges.delete(exchange);
      if (this.exchanges.size === 0) this.onEmpty();
    }
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.parts.timers.after(ms, resolve));
  }
}
