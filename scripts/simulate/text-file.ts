import { closeSync, openSync, writeSync } from 'node:fs'

const CHUNK = 1 << 20

/** A text file that grows line by line in constant memory, written in large pieces. */
export interface TextFile {
  line(text: string): void
  close(): void
}

/** Opens a new file; one that is there already is replaced. */
export function openTextFile(path: string): TextFile {
  const file = openSync(path, 'w')
  let pieces: string[] = []
  let length = 0
  const flush = () => {
    if (length > 0) writeSync(file, pieces.join(''))
    pieces = []
    length = 0
  }
  return {
    line(text) {
      pieces.push(text, '\n')
      length += text.length + 1
      if (length >= CHUNK) flush()
    },
    close() {
      flush()
      closeSync(file)
    },
  }
}
