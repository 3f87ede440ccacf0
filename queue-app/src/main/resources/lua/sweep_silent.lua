-- Takes people who have been silent too long out of all structures at once, and forgets what nobody can ask for any more.
-- Time in which nobody swept (the store or all instances were away) does not count as anybody's silence.
-- KEYS  the line's keys, in the order of Keys
-- ARGV  1-3 see line.part.lua; 4 silence ms (grace included); 5 batch; 6 how long ended grants are remembered, ms
-- Returns how many were taken out
--#include line.part.lua
local silence, batch, memory = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local swept = tonumber(redis.call('HGET', META, 'swept') or 0)
if swept == 0 or now - swept > 30000 then redis.call('HSET', META, 'resumed', int(now)) end
if redis.call('EXISTS', META) == 1 then redis.call('HSET', META, 'swept', int(now)) end

local function forget(index, structure)
  local old = redis.call('ZRANGEBYSCORE', index, '-inf', int(now - memory), 'LIMIT', 0, batch)
  if #old == 0 then return end
  if structure then redis.call('HDEL', structure, unpack(old)) end
  redis.call('ZREM', index, unpack(old))
end
forget(GRANT_ENDS, GRANTS)
forget(GONE)
forget(REQUESTS)

if now - tonumber(redis.call('HGET', META, 'resumed') or 0) < silence then return { 0 } end
local silent = redis.call('ZRANGEBYSCORE', SEEN, '-inf', int(now - silence), 'LIMIT', 0, batch)
if #silent == 0 then return { 0 } end
redis.call('ZREM', LINE, unpack(silent))
redis.call('ZREM', ENTRIES, unpack(silent))
redis.call('ZREM', SEEN, unpack(silent))
redis.call('HDEL', JOINED, unpack(silent))
redis.call('HINCRBY', META, 'expired', #silent)
return { #silent }
