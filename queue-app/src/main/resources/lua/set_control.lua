-- Sets what operators decide about a line: name and value pairs of its meta hash; an empty value takes the setting back.
-- KEYS  the line's keys, in the order of Keys
-- ARGV  1-3 see line.part.lua; 4 version of the settings that the caller knows; 5.. name, value, name, value
-- Returns name, earlier value ('' = none) pairs, for the audit; the version of the settings; name, value pairs of all that are set;
--         nothing when the line forgot acts that the caller knows: this one would hide them
--#include line.part.lua
current_epoch(true)
if is_behind(ARGV[4]) then return {} end
local before = {}
for i = 5, #ARGV, 2 do
  before[#before + 1] = ARGV[i]
  before[#before + 1] = redis.call('HGET', META, ARGV[i]) or ''
  if ARGV[i + 1] == '' then
    redis.call('HDEL', META, ARGV[i])
  else
    redis.call('HSET', META, ARGV[i], ARGV[i + 1])
  end
end
return { before, controlled(), settings() }
