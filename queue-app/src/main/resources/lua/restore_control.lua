-- Gives a line back what its operators had decided, when the store knows of an older act than we do: it lost its memory.
-- A line that was cleared since is cleared again: its people came back with an older state of the store.
-- KEYS  the line's keys, in the order of Keys
-- ARGV  1-3 see line.part.lua; 4 version of the settings; 5.. name, value pairs of all that were set
-- Returns 1 when they were given back
--#include line.part.lua
current_epoch(true)
if tonumber(redis.call('HGET', META, 'controlled') or 0) >= tonumber(ARGV[4]) then return { 0 } end
local cleared = redis.call('HGET', META, 'cleared') or 0
redis.call('HDEL', META, unpack(SETTINGS))
redis.call('HSET', META, 'controlled', ARGV[4], unpack(ARGV, 5))
if tonumber(redis.call('HGET', META, 'cleared') or 0) > tonumber(cleared) then send_all_away() end
return { 1 }
