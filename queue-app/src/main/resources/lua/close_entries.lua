-- Closes the entry list of a draw: from then on it never changes, whoever leaves. Again: the same answer.
-- KEYS  the line's keys, in the order of Keys
-- ARGV  1-3 see line.part.lua
-- Returns the epoch of the drawn places; entrants
--#include line.part.lua
local epoch = current_epoch(true)
local drawEpoch = redis.call('HGET', META, 'drawEpoch')
if not drawEpoch then
  redis.call('COPY', ENTRIES, DRAWN)
  local entrants = redis.call('ZCARD', DRAWN)
  if entrants > tonumber(redis.call('HGET', META, 'number')) then redis.call('HSET', META, 'number', entrants) end
  redis.call('HSET', META, 'drawEpoch', int(epoch))
  drawEpoch = int(epoch)
end
return { drawEpoch, redis.call('ZCARD', DRAWN) }
