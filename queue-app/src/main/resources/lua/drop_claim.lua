-- Gives a claim back, if it is still the one that this request took (or, without a request id, this line's).
-- KEYS  1 the account's claim
-- ARGV  1 eventId; 2 request id or ''
-- Returns 1 when it was dropped
local claim = redis.call('GET', KEYS[1])
if not claim then return { 0 } end
if claim == ARGV[1] .. '|' .. ARGV[2] or (ARGV[2] == '' and string.sub(claim, 1, #ARGV[1] + 1) == ARGV[1] .. '|') then
  return { redis.call('DEL', KEYS[1]) }
end
return { 0 }
