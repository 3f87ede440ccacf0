-- Gives drawn places to entrants, in batches; who was placed already, or left, is passed over.
-- KEYS  the line's keys, in the order of Keys
-- ARGV  1-3 see line.part.lua; 4 1 = this is the last batch; 5.. account, score, account, score
-- Returns how many were placed
--#include line.part.lua
local placed = 0
for i = 5, #ARGV, 2 do
  if redis.call('ZREM', ENTRIES, ARGV[i]) == 1 then
    redis.call('ZADD', LINE, ARGV[i + 1], ARGV[i])
    placed = placed + 1
  end
end
if ARGV[4] == '1' then redis.call('HSET', META, 'drawn', '1') end
return { placed }
