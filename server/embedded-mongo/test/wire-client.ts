import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type Document, deserialize, serialize } from 'bson'

/** A client that sends what it likes, byte by byte if need be. */
export interface WireClient {
  readonly socket: Socket
  /** Sends bytes and waits for one whole reply; undefined when the connection is closed instead. */
  ask(bytes: Uint8Array): Promise<Document | undefined>
}

/** An OP_MSG with one body and any further sections. */
export function opMsg(body: Document | Uint8Array, flags = 0, ...sections: readonly Uint8Array[]): Buffer {
  const document = body instanceof Uint8Array ? body : serialize(body)
  const message = Buffer.concat([Buffer.alloc(21), document, ...sections])
  message.writeInt32LE(message.length, 0)
  message.writeInt32LE(7, 4)
  message.writeInt32LE(2013, 12)
  message.writeUInt32LE(flags, 16)
  return message
}

/** A document sequence: a section of kind 1. */
export function sequence(name: string, documents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat([Buffer.alloc(4), Buffer.from(`${name}\0`), ...documents])
  content.writeInt32LE(content.length, 0)
  return Buffer.concat([Buffer.of(1), content])
}

/** Connects to the engine's address without a driver. */
export async function wireClient(uri: string): Promise<WireClient> {
  const path = decodeURIComponent(/^mongodb:\/\/([^/]+)/.exec(uri)![1]!)
  const socket = connect(path)
  socket.on('error', () => {})
  await once(socket, 'connect')
  let received = Buffer.alloc(0)
  return {
    socket,
    async ask(bytes) {
      socket.write(bytes)
      while (received.length < 16 || received.length < received.readInt32LE(0)) {
        const chunk = await new Promise<Buffer | undefined>((settle) => {
          socket.once('data', settle)
          socket.once('close', () => settle(undefined))
          if (socket.destroyed) settle(undefined)
        })
        if (!chunk) return undefined
        socket.removeAllListeners('close')
        received = Buffer.concat([received, chunk])
      }
      const reply = received.subarray(0, received.readInt32LE(0))
      received = received.subarray(reply.length)
      return deserialize(reply.subarray(reply.readInt32LE(12) === 1 ? 36 : 21), { promoteLongs: false })
    },
  }
}
