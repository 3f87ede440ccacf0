-- Sends everybody who waits away. Passes and slots stay; place tokens told before bring nobody back.
-- KEYS  the line's keys, in the order of Keys
-- ARGV  1-3 see line.part.lua; 4 version of the settings that the caller knows
-- Returns how many were sent away; the version of the settings; name, value pairs of all that are set;
--         nothing when the line forgot acts that the caller knows: this one would hide them
--#include line.part.lua
current_epoch(true)
if is_behind(ARGV[4]) then return {} end
local people = send_all_away()
redis.call('HSET', META, 'cleared', int(now))
return { people, controlled(), settings() }
