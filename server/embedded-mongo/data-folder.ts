import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** The layout of the folder that this code reads and writes. */
const FORMAT_VERSION = 2
/** The file that holds the address of the running engine, for tools. */
export const URI_FILE = 'engine.uri'

const HEARTBEAT_MS = 10_000
/** A lock of another host (or container) counts as held while it was touched this lately. */
const FOREIGN_LOCK_MS = 60_000
/** A lock is an empty file whose name says who has it: process, when that started, a random number, and the host. */
const LOCK = /^engine\.lock\.(\d+)\.(\d*)\.\d+\.(.+)$/

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When a process started, in clock ticks since boot where the system tells it: its number may be used again. */
function startOf(pid: number): string {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
    // A killed process that nobody has waited for yet still has its number, but runs no more.
    return fields[0] === 'Z' ? 'ended' : fields[19]!
  } catch {
    return ''
  }
}

/**
 * Takes the folder for this process: two processes on one LMDB folder would destroy it. Each puts its own lock there
 * before it looks for others, so of two that come at once at least one sees the other and gives way.
 *
 * @returns what gives the folder free again
 * @throws {Error} naming the holder, when a living process has it
 */
export function lockFolder(dir: string): () => void {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const random = Math.floor(Math.random() * 2 ** 32)
  const own = `engine.lock.${process.pid}.${startOf(process.pid)}.${random}.${hostname()}`
  const path = join(dir, own)
  writeFileSync(path, '', { mode: 0o600 })
  for (const other of readdirSync(dir).filter((name) => name !== own)) {
    const [, pid, startedAt, host] = LOCK.exec(other) ?? []
    if (pid === undefined) continue
    const isHeld =
      host === hostname()
        ? isAlive(Number(pid)) && startOf(Number(pid)) === startedAt
        : Date.now() - statSync(join(dir, other)).mtimeMs < FOREIGN_LOCK_MS
    rmSync(isHeld ? path : join(dir, other), { force: true })
    if (isHeld) throw new Error(`Data folder ${dir} is in use by process ${pid} on host ${host}`)
  }
  const beat = () => utimesSync(path, new Date(), new Date())
  const heartbeat = setInterval(beat, HEARTBEAT_MS).unref()
  return () => {
    clearInterval(heartbeat)
    rmSync(path, { force: true })
  }
}

/**
 * Notes the format in a new folder, and refuses one that a newer program wrote.
 *
 * @throws {Error} when the folder's format isn't this one
 */
export function checkFormat(dir: string): void {
  const path = join(dir, 'format.json')
  if (!readdirSync(dir).includes('format.json'))
    writeFileSync(path, JSON.stringify({ format: FORMAT_VERSION }), { mode: 0o600 })
  const { format } = JSON.parse(readFileSync(path, 'utf8'))
  if (format === FORMAT_VERSION) return
  const advice = 'its data can be carried over by backup and restore'
  throw new Error(`Data folder ${dir} has format ${format}, this program knows ${FORMAT_VERSION}: ${advice}`)
}
