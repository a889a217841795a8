/** What a client knows, on disk before it does the next thing: a killed client still testifies. */
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs'

/** `sent`: its post may be under way; `acknowledged`: it has its receipt; `halved`: only half of it was ever sent. */
const MARKS = { sent: 'S', acknowledged: 'A', halved: 'H' } as const

export type Mark = keyof typeof MARKS

/** Submission ids by what their client knows of them. */
export type Testimony = Readonly<Record<Mark, ReadonlySet<string>>>

/** Opens a journal to write in; one line for each step. */
export function openJournal(path: string) {
  const file = openSync(path, 'a')
  return {
    note: (mark: Mark, id: string) => void writeSync(file, `${MARKS[mark]} ${id}\n`),
    close: () => closeSync(file),
  }
}

export type Journal = ReturnType<typeof openJournal>

/** Reads journals together; a last line that was cut off by a kill counts as not written. */
export function readJournals(paths: readonly string[]): Testimony {
  const testimony = { sent: new Set<string>(), acknowledged: new Set<string>(), halved: new Set<string>() }
  for (const path of paths.filter(existsSync)) {
    for (const line of readFileSync(path, 'utf8').split('\n').slice(0, -1)) {
      const mark = (Object.keys(MARKS) as Mark[]).find((name) => line.startsWith(`${MARKS[name]} `))
      if (mark) testimony[mark].add(line.slice(2))
    }
  }
  return testimony
}
