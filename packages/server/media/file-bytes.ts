import { type FileHandle, open } from 'node:fs/promises';

const windowBytes = 256 * 1024;

/** Bytes of a file by their place: small pieces come out of a larger one that was read at once. */
export class FileBytes {
  readonly size: number;
  readonly #handle: FileHandle;
  #window: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  #windowAt = 0;

  private constructor(handle: FileHandle, size: number) {
    this.#handle = handle;
    this.size = size;
  }

  static async open(path: string): Promise<FileBytes> {
    const handle = await open(path, 'r');
    return new FileBytes(handle, (await handle.stat()).size);
  }

  /** As many of them as there are. What is answered changes nothing and lasts. */
  async at(position: number, length: number): Promise<Buffer> {
    const from = position - this.#windowAt;
    if (from < 0 || from + length > this.#window.length) {
      this.#window = await this.#read(position, Math.max(length, windowBytes));
      this.#windowAt = position;
      return this.#window.subarray(0, length);
    }
    return this.#window.subarray(from, from + length);
  }

  /** What has been read from there on, at least so many of them as there are. */
  async from(position: number, atLeast: number): Promise<Buffer> {
    await this.at(position, atLeast);
    return this.#window.subarray(position - this.#windowAt);
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #read(position: number, length: number): Promise<Buffer> {
    const buffer = Buffer.alloc(Math.max(0, Math.min(length, this.size - position)));
    const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, position);
    return buffer.subarray(0, bytesRead);
  }
}
