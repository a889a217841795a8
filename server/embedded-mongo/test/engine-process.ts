/** A process of its own with the engine on the folder named; tells its parent the address, or why it didn't start. */
import { start } from '../start.js'

try {
  const engine = await start({ dir: process.argv[2]! })
  process.send!({ uri: engine.uri('test') })
} catch (error) {
  process.send!({ error: (error as Error).message }, () => process.exit(1))
}
