-- Counts one attempt in a window that starts with the first one.
-- KEYS[1] counter; ARGV[1] attempts allowed, ARGV[2] window in milliseconds
-- returns {1, attempts so far} when allowed, {0, milliseconds until the window ends} when not
local counter = KEYS[1]
local allowed = tonumber(ARGV[1])
local window = tonumber(ARGV[2])

local count = redis.call('INCR', counter)
if count == 1 then
  redis.call('PEXPIRE', counter, window)
end
if count <= allowed then
  return {1, count}
end
local rest = redis.call('PTTL', counter)
if rest < 0 then
  redis.call('PEXPIRE', counter, window)
  rest = window
end
return {0, rest}
