// Makes the replica sets of the config servers and of the shards where they are not, and waits until each takes writes.
const sets = { config: 'config', a: 'shard-a', b: 'shard-b' }
for (const [name, host] of Object.entries(sets)) {
  const admin = new Mongo(`mongodb://${host}-1:27017/?directConnection=true`).getDB('admin')
  const members = [1, 2, 3].map((number, _id) => ({ _id, host: `${host}-${number}:27017` }))
  const made = admin.runCommand({ replSetGetStatus: 1 })
  if (!made.ok) {
    const config = { _id: name, members, ...(name === 'config' ? { configsvr: true } : {}) }
    admin.runCommand({ replSetInitiate: config })
  }
  while (!admin.hello().primary) sleep(500)
}
