-- Notes that people who wait are still there; those who are not in the line are left alone.
-- KEYS  the line's keys, in the order of Keys
-- ARGV  1-3 see line.part.lua; 4.. accounts (a bounded batch)
-- Returns how many of them are waiting
--#include line.part.lua
local waiting = 0
for i = 4, #ARGV do
  if redis.call('ZSCORE', SEEN, ARGV[i]) then
    redis.call('ZADD', SEEN, 'XX', 'GT', int(now), ARGV[i])
    waiting = waiting + 1
  end
end
return { waiting }
