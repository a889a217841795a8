import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** The layout of the folder that this code reads and writes. */
export const FORMAT_VERSION = 1
/** The file that holds the address of the running engine, for tools. */
export const URI_FILE = 'engine.uri'

const LOCK_FILE = 'engine.lock'
const FORMAT_FILE = 'format.json'
const HEARTBEAT_MS = 10_000
/** A lock of another host (or container) counts as held while it was touched this lately. */
const FOREIGN_LOCK_MS = 60_000

interface Holder {
  readonly pid: number
  readonly host: string
  /** When the process started, in clock ticks since boot where the system tells it: a number may be used again. */
  readonly startedAt: string
}

/** The exclusive right to a data folder, until released. */
export interface FolderLock {
  release(): void
}

function startOf(pid: number): string {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
    // A killed process that nobody has waited for yet still has its number, but runs no more.
    return fields[0] === 'Z' ? 'ended' : fields[19]!
  } catch {
    return ''
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

function isHeld(path: string, holder: Holder): boolean {
  if (holder.host !== hostname()) return Date.now() - statSync(path).mtimeMs < FOREIGN_LOCK_MS
  return isAlive(holder.pid) && startOf(holder.pid) === holder.startedAt
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Moves a dead holder's lock out of the way; false when somebody else was quicker. */
function removeStale(path: string, aside: string, stale: Holder | undefined): boolean {
  try {
    renameSync(path, aside)
  } catch {
    return false
  }
  if (JSON.stringify(readHolder(aside)) === JSON.stringify(stale)) return true
  tryLink(aside, path)
  return false
}

/**
 * Takes the folder for this process: two processes on one LMDB folder would destroy it.
 *
 * @throws {Error} naming the holder, when a living process has it
 */
export function lockFolder(dir: string): FolderLock {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const path = join(dir, LOCK_FILE)
  const own = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`
  const mine: Holder = { pid: process.pid, host: hostname(), startedAt: startOf(process.pid) }
  writeFileSync(own, JSON.stringify(mine), { mode: 0o600 })
  try {
    while (!tryLink(own, path)) {
      const holder = readHolder(path)
      if (holder && isHeld(path, holder)) {
        throw new Error(`Data folder ${dir} is in use by process ${holder.pid} on host ${holder.host}`)
      }
      removeStale(path, `${own}.stale`, holder)
    }
  } finally {
    rmSync(own, { force: true })
    rmSync(`${own}.stale`, { force: true })
  }
  const heartbeat = setInterval(
    () => existsSync(path) && utimesSync(path, new Date(), new Date()),
    HEARTBEAT_MS,
  ).unref()
  return {
    release() {
      clearInterval(heartbeat)
      rmSync(path, { force: true })
    },
  }
}

/**
 * Notes the format in a new folder, and refuses one that a newer program wrote.
 *
 * @throws {Error} when the folder's format isn't this one
 */
export function checkFormat(dir: string): void {
  const path = join(dir, FORMAT_FILE)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    writeFileSync(path, JSON.stringify({ format: FORMAT_VERSION }), { mode: 0o600 })
    return
  }
  const found = JSON.parse(text).format
  if (found !== FORMAT_VERSION) {
    throw new Error(`Data folder ${dir} has format ${found}; this program knows format ${FORMAT_VERSION} only`)
  }
}
