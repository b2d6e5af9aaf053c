import { crc32 } from 'node:zlib';

/** All nodes of an instance have to agree on it, whatever their version. */
export const partitionCount = 128;

/** The channels of one instance. The braces let a Redis cluster spread the partitions over its nodes. */
export class Channels {
  /** For what every node is to hear. */
  readonly forAll: string;
  readonly #partitions: readonly string[];

  constructor(instance: string) {
    this.forAll = `confab:{${instance}:all}`;
    this.#partitions = Array.from({ length: partitionCount }, (_, partition) => `confab:{${instance}:${partition}}`);
  }

  of(topic: string | undefined): string {
    return topic === undefined ? this.forAll : (this.#partitions[crc32(topic) % partitionCount] ?? this.forAll);
  }
}
