-- Sets what operators decide about a line: name and value pairs of its meta hash; an empty value takes the setting back.
-- KEYS  the line's keys, in the order of Keys
-- ARGV  1-3 see line.part.lua; 4.. name, value, name, value
-- Returns name, earlier value ('' = none) pairs, for the audit; the version of the settings; name, value pairs of all that are set
--#include line.part.lua
current_epoch(true)
local before = {}
for i = 4, #ARGV, 2 do
  before[#before + 1] = ARGV[i]
  before[#before + 1] = redis.call('HGET', META, ARGV[i]) or ''
  if ARGV[i + 1] == '' then
    redis.call('HDEL', META, ARGV[i])
  else
    redis.call('HSET', META, ARGV[i], ARGV[i + 1])
  end
end
return { before, controlled(), settings() }
