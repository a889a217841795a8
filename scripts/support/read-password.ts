import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

const mute = new Writable({ write: (_chunk, _encoding, done) => done() })

/** Asks at the terminal without showing what is typed. */
function ask(question: string): Promise<string> {
  process.stderr.write(question)
  const lines = createInterface({ input: process.stdin, output: mute, terminal: true })
  return new Promise((resolve) => {
    lines.question('', (answer) => {
      lines.close()
      process.stderr.write('\n')
      resolve(answer)
    })
  })
}

async function firstLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line
  return ''
}

/**
 * A new password from standard input: asked for twice at a terminal, else the first line.
 *
 * Never from the arguments, which other people on the machine can read.
 *
 * @throws {Error} when the two do not agree
 */
export async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) return firstLine()
  const password = await ask('Password: ')
  if ((await ask('Once more: ')) !== password) throw new Error('The two passwords differ')
  return password
}
