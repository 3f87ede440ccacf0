-- Reads what the line knows of accounts; changes nothing.
-- KEYS  the line's keys, in the order of Keys
-- ARGV  1-3 see line.part.lua; 4.. accounts
-- Returns the facts of the line, then per account: kind, score, ahead, joinedMillis, grant
--#include line.part.lua
local out = { facts_of_line() }
for i = 4, #ARGV do
  out[#out + 1] = { facts_of(ARGV[i]) }
end
return out
