/** A small HTTP/1.1 client on one kept-alive connection: the load must cost the machine less than the server does. */
import { connect, type Socket } from 'node:net'

export interface Answer {
  readonly status: number
  /** Value of `Location`, empty without it. */
  readonly location: string
  readonly body: string
  /** Bytes on the wire, headers included. */
  readonly bytes: number
}

export interface Connection {
  get(path: string): Promise<Answer>
  post(path: string, type: string, body: string): Promise<Answer>
  close(): void
}

const HEAD_END = Buffer.from('\r\n\r\n')

const header = (head: string, name: string) => new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1]?.trim()

/** One answer out of the bytes so far, or `null` while it is not whole. Answers must say their length. */
function parseAnswer(received: Buffer): { readonly answer: Answer; readonly rest: Buffer } | null {
  const headLength = received.indexOf(HEAD_END)
  if (headLength < 0) return null
  const head = received.subarray(0, headLength).toString('latin1')
  const length = Number(header(head, 'content-length') ?? 'none')
  if (!Number.isInteger(length)) throw new Error(`An answer without a length: ${head}`)
  const end = headLength + HEAD_END.length + length
  if (received.length < end) return null
  const body = received.subarray(headLength + HEAD_END.length, end).toString('utf8')
  const answer = { status: Number(head.slice(9, 12)), location: header(head, 'location') ?? '', body, bytes: end }
  return { answer, rest: received.subarray(end) }
}

interface Waiting {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

/** Opens a connection that sends one request after the other. */
export async function openConnection(host: string, port: number): Promise<Connection> {
  let chunks: Buffer[] = []
  let waiting: Waiting | null = null
  const fail = (error: Error) => {
    waiting?.reject(error)
    waiting = null
  }
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opening = connect({ host, port, noDelay: true }, () => resolve(opening))
    opening.once('error', reject)
  })
  socket.on('data', (chunk) => {
    chunks.push(chunk)
    const parsed = parseAnswer(chunks.length === 1 ? chunk : Buffer.concat(chunks))
    if (parsed === null) return
    chunks = parsed.rest.length > 0 ? [parsed.rest] : []
    const done = waiting
    waiting = null
    done?.resolve(parsed.answer)
  })
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('The server closed the connection')))
  const send = (text: string) =>
    new Promise<Answer>((resolve, reject) => {
      waiting = { resolve, reject }
      socket.write(text)
    })
  const common = `Host: ${host}:${port}\r\nAccept: text/html,application/json\r\nAccept-Language: vi\r\n`
  return {
    get: (path) => send(`GET ${path} HTTP/1.1\r\n${common}\r\n`),
    post: (path, type, body) =>
      send(
        `POST ${path} HTTP/1.1\r\n${common}Content-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      ),
    close: () => socket.destroy(),
  }
}
