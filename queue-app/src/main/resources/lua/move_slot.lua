-- Moves or frees the slot of one pass, as told by a reservation event. Told twice, it changes nothing.
-- KEYS  the line's keys, in the order of Keys
-- ARGV  1-3 see line.part.lua; 4 account; 5 epoch:number of the pass; 6 new end ms, 0 = free; 7 1 = bought: the pass is used up
-- Returns 1 when something changed
--#include line.part.lua
local user, place, ends = ARGV[4], ARGV[5], tonumber(ARGV[6])
if ARGV[7] == '1' then
  local grant = redis.call('HGET', GRANTS, user)
  if grant and string.sub(grant, 1, #place + 1) == place .. ':' then
    redis.call('HSET', GRANTS, user, (string.gsub(grant, '%a$', 'B')))
  end
end
if ends == 0 then return { redis.call('ZREM', ACTIVE, place) } end
if ends <= now then return { 0 } end
return { redis.call('ZADD', ACTIVE, 'CH', int(ends), place) }
