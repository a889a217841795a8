// Makes the replica set `rs0` where there is none, and waits until one of its members takes writes.
try {
  rs.status()
} catch {
  rs.initiate({
    _id: 'rs0',
    members: ['mongo-1:27017', 'mongo-2:27017', 'mongo-3:27017'].map((host, _id) => ({ _id, host })),
  })
}
while (!db.hello().primary) sleep(500)
