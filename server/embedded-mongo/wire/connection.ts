import { once } from 'node:events'
import type { Socket } from 'node:net'
import type { Document } from 'bson'
import { FrameReader } from './frames.js'
import { parseMessage, type Request } from './message.js'
import { encodeReply } from './reply.js'

/** Answers one command; never throws or rejects for a command's own fault. */
export type Execute = (request: Request, connectionId: number) => Document | Buffer | Promise<Document | Buffer>

let connections = 0

/**
 * Serves one client: one command at a time, in order. While a command runs, or the client doesn't read its answers,
 * nothing more is read from it, so that one client can't fill the memory.
 */
export function serveConnection(socket: Socket, execute: Execute, log: (line: string) => void): void {
  const id = ++connections
  const frames = new FrameReader()
  const closed = new AbortController()
  let isBusy = false

  async function answerAll(): Promise<void> {
    for (let frame = frames.next(); frame && !socket.destroyed; frame = frames.next()) {
      const request = parseMessage(frame)
      const pending = execute(request, id)
      const reply = pending instanceof Promise ? await pending : pending
      if (request.answer === 'none' || socket.destroyed) continue
      if (!socket.write(encodeReply(request, reply))) await once(socket, 'drain', { signal: closed.signal })
    }
  }

  async function pump(): Promise<void> {
    isBusy = true
    try {
      await answerAll()
      isBusy = false
      socket.resume()
    } catch (error) {
      drop(error)
    }
  }

  function drop(error: unknown): void {
    if (!closed.signal.aborted) log(`Connection ${id} closed: ${error instanceof Error ? error.message : error}`)
    socket.destroy()
  }

  socket.setNoDelay(true)
  socket.on('error', () => socket.destroy())
  socket.on('close', () => closed.abort())
  socket.on('data', (chunk) => {
    try {
      frames.push(chunk)
    } catch (error) {
      drop(error)
      return
    }
    if (isBusy) socket.pause()
    else void pump()
  })
}
