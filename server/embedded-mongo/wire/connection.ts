import { once } from 'node:events'
import type { Socket } from 'node:net'
import type { Document } from 'bson'
import { encodeReply, HEADER_BYTES, messageLength, parseMessage, type Request } from './message.js'

/** Answers one command; never throws or rejects for a command's own fault. */
export type Execute = (request: Request, connectionId: number) => Promise<Document | Buffer>

let connections = 0

/**
 * Serves one client until it leaves: one command at a time, in order. While a command runs, or the client doesn't read
 * its answers, nothing more is read from it, so that one client can't fill the memory.
 */
export async function serveConnection(socket: Socket, execute: Execute, log: (line: string) => void): Promise<void> {
  const id = ++connections
  socket.setNoDelay(true)
  try {
    for await (const request of requestsFrom(socket)) {
      const reply = await execute(request, id)
      if (request.answer === 'none' || socket.destroyed) continue
      if (!socket.write(encodeReply(request, reply))) await once(socket, 'drain')
    }
  } catch (error) {
    const isLeaving = ['ABORT_ERR', 'ECONNRESET', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '')
    if (!isLeaving && !socket.closed) log(`Connection ${id} closed: ${error instanceof Error ? error.message : error}`)
  } finally {
    socket.destroy()
  }
}

/** Cuts what comes into messages. */
async function* requestsFrom(socket: Socket): AsyncGenerator<Request> {
  let chunks: Buffer[] = []
  let [size, wanted] = [0, HEADER_BYTES]
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    while (size >= wanted) {
      const bytes = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
      wanted = messageLength(bytes)
      chunks = [bytes]
      if (size < wanted) continue
      yield parseMessage(bytes.subarray(0, wanted))
      chunks = [bytes.subarray(wanted)]
      size -= wanted
      wanted = HEADER_BYTES
    }
  }
}
