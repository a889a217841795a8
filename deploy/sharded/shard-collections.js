// Adds the shards and says by which keys the two large collections are spread; why by these, decision 23 says.
const NAME = 'hai_long'
sh.addShard('a/shard-a-1:27017,shard-a-2:27017,shard-a-3:27017')
sh.addShard('b/shard-b-1:27017,shard-b-2:27017,shard-b-3:27017')
sh.enableSharding(NAME)

// First the index under the name that the platform gives it: sharding would make one of its own, and the platform's be refused.
db.responses.createIndex({ submissionId: 1 }, { unique: true, name: 'one_response_per_submission' })
sh.shardCollection(`${NAME}.responses`, { submissionId: 1 }, true)
sh.shardCollection(`${NAME}.tallies`, { _id: 'hashed' })

// Random ids fall evenly between two halves of the first hexadecimal digit: both shards take writes from the first day.
sh.splitAt(`${NAME}.responses`, { submissionId: '8' })
sh.moveChunk(`${NAME}.responses`, { submissionId: '8' }, 'b')
