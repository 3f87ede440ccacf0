-- Reads what operators have set; changes nothing.
-- KEYS  the line's keys, in the order of Keys
-- ARGV  1-3 see line.part.lua
-- Returns the version of the settings ('0' = none were ever set); name, value pairs of all that are set
--#include line.part.lua
return { redis.call('HGET', META, 'controlled') or '0', settings() }
