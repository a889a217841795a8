/** The largest message taken, as MongoDB's `maxMessageSizeBytes`. */
export const MAX_MESSAGE_BYTES = 48_000_000

const HEADER_BYTES = 16

/** A message that can't be made sense of: its connection is closed and nothing else happens. */
export class WireError extends Error {}

/** Cuts the byte stream of one connection into whole wire messages. */
export class FrameReader {
  private readonly chunks: Buffer[] = []
  private size = 0
  private wanted = 0

  /**
   * Takes what the socket gave.
   *
   * @throws {WireError} when a header announces less than itself or more than {@link MAX_MESSAGE_BYTES}
   */
  push(chunk: Buffer): void {
    this.chunks.push(chunk)
    this.size += chunk.length
    this.readHeader()
  }

  /** The next whole message with its header, or undefined when more bytes are needed. */
  next(): Buffer | undefined {
    if (this.wanted === 0 || this.size < this.wanted) return undefined
    const joined = this.join()
    const frame = joined.subarray(0, this.wanted)
    this.size = joined.length - this.wanted
    this.wanted = 0
    if (this.size > 0) {
      this.chunks.push(joined.subarray(frame.length))
      this.readHeader()
    }
    return frame
  }

  private readHeader(): void {
    if (this.wanted !== 0 || this.size < HEADER_BYTES) return
    if (this.chunks.length > 1) this.chunks.push(this.join())
    const length = this.chunks[0]!.readInt32LE(0)
    if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES) throw new WireError(`Message of ${length} bytes announced`)
    this.wanted = length
  }

  private join(): Buffer {
    const chunks = this.chunks.splice(0)
    return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
  }
}
