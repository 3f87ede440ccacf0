-- Sends everybody who waits away. Passes and slots stay.
-- KEYS  the line's keys, in the order of Keys
-- ARGV  1-3 see line.part.lua
-- Returns how many were sent away
--#include line.part.lua
local people = redis.call('ZCARD', LINE) + redis.call('ZCARD', ENTRIES)
redis.call('DEL', LINE, SEEN, JOINED, ENTRIES)
if people > 0 then redis.call('HINCRBY', META, 'expired', people) end
return { people }
