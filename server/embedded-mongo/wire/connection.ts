import { once } from 'node:events'
import type { Socket } from 'node:net'
import type { Document } from 'bson'
import { HEADER_BYTES, messageLength, parseMessage, type Request } from './message.js'
import { encodeReply } from './reply.js'

/** Answers one command; never throws or rejects for a command's own fault. */
export type Execute = (request: Request, connectionId: number) => Document | Buffer | Promise<Document | Buffer>

let connections = 0

/**
 * Serves one client until it leaves: one command at a time, in order. While a command runs, or the client doesn't read
 * its answers, nothing more is read from it, so that one client can't fill the memory.
 */
export async function serveConnection(socket: Socket, execute: Execute, log: (line: string) => void): Promise<void> {
  const id = ++connections
  socket.setNoDelay(true)
  try {
    await answerAll(socket, (request) => execute(request, id))
  } catch (error) {
    const isLeaving = ['ABORT_ERR', 'ECONNRESET', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '')
    if (!isLeaving && !socket.closed) log(`Connection ${id} closed: ${error instanceof Error ? error.message : error}`)
  } finally {
    socket.destroy()
  }
}

async function answerAll(socket: Socket, execute: (request: Request) => ReturnType<Execute>): Promise<void> {
  let chunks: Buffer[] = []
  let size = 0
  let wanted = HEADER_BYTES
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    while (size >= wanted) {
      const bytes = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
      const length = messageLength(bytes)
      if (size >= length) await answer(socket, parseMessage(bytes.subarray(0, length)), execute)
      chunks = [size >= length ? bytes.subarray(length) : bytes]
      size = chunks[0]!.length
      wanted = size >= HEADER_BYTES ? messageLength(chunks[0]!) : HEADER_BYTES
    }
  }
}

async function answer(socket: Socket, request: Request, execute: (request: Request) => ReturnType<Execute>) {
  const pending = execute(request)
  const reply = pending instanceof Promise ? await pending : pending
  if (request.answer === 'none' || socket.destroyed) return
  if (!socket.write(encodeReply(request, reply))) await once(socket, 'drain')
}
