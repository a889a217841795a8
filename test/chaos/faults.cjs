/**
 * Loaded before a server of the chaos run (`node --require`), in its main thread and in the engine's: breaks what a run asks
 * for by message. The server's own code knows nothing of it.
 *
 * Messages: `{ clockMs }` moves every clock by so much; `{ slowMs }` makes each commit of the engine take so much longer;
 * `'crash'` ends the engine's thread by an error that nobody catches. What was slowed is told as `{ slowed }`.
 */
const fs = require('node:fs')
const { isMainThread, BroadcastChannel } = require('node:worker_threads')

const channel = new BroadcastChannel('chaos')
let clockMs = 0
let slowMs = 0

const RealDate = Date
const now = () => RealDate.now() + clockMs
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, made) => Reflect.construct(target, args.length === 0 ? [now()] : args, made),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
})

/** Before each commit the engine asks how much room the disk has: a slow disk blocks its thread just there. */
function slowDown() {
  const { statfsSync } = fs
  const pause = new Int32Array(new SharedArrayBuffer(4))
  fs.statfsSync = (...args) => {
    if (slowMs > 0) {
      Atomics.wait(pause, 0, 0, slowMs)
      channel.postMessage({ slowed: 1 })
    }
    return statfsSync(...args)
  }
  require('node:module').syncBuiltinESMExports()
}

function obey(message) {
  if (typeof message.clockMs === 'number') clockMs = message.clockMs
  if (typeof message.slowMs === 'number') slowMs = message.slowMs
  if (message === 'crash' && !isMainThread) {
    setImmediate(() => {
      throw new Error('The chaos run ends this thread')
    })
  }
}

channel.onmessage = ({ data }) => {
  if (isMainThread && data.slowed) process.send?.(data)
  else obey(data)
}
channel.unref()

if (isMainThread) {
  process.on('message', (message) => {
    obey(message)
    channel.postMessage(message)
  })
  // Whoever started this server is gone: nobody would end it any more.
  process.on('disconnect', () => process.exit(1))
} else slowDown()
