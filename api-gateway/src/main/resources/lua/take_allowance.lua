-- Takes one call from an allowance of `limit` calls per window, by the sliding-window counter, which weighs
-- the calls of the window before by how much of it still lies inside. A refused call is not counted.
-- KEYS[1]  the counter: hash {w = number of the window, n = calls in it, p = calls in the one before}
-- ARGV[1]  limit: calls per window
-- ARGV[2]  window in milliseconds
-- Returns {1 granted or 0 refused, calls left, milliseconds until the next one is possible (refused) or until the
--          whole allowance is back (granted)}
local counter = KEYS[1]
local limit = tonumber(ARGV[1])
local window = tonumber(ARGV[2])

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local current = math.floor(now / window)
local into = now - current * window

local stored = redis.call('HMGET', counter, 'w', 'n', 'p')
local count, before = 0, 0
if stored[1] then
  local last = tonumber(stored[1])
  if last == current then
    count, before = tonumber(stored[2]), tonumber(stored[3])
  elseif last == current - 1 then
    before = tonumber(stored[2])
  elseif last > current then
    -- The clock went back: keep counting where it was.
    current, count, before, into = last, tonumber(stored[2]), tonumber(stored[3]), 0
  end
end

local used = count + before * (window - into) / window
if used + 1 > limit then
  local wait
  if before > 0 and count < limit then
    -- What is left of the window before fades evenly; one call is possible once enough of it is gone.
    wait = math.ceil((used + 1 - limit) * window / before)
    wait = math.min(wait, window - into)
  else
    -- This window alone is full: in the next one it fades in turn.
    wait = window - into + math.ceil(window * (count + 1 - limit) / math.max(count, 1))
  end
  return {0, 0, math.max(1, wait)}
end

redis.call('HSET', counter, 'w', string.format('%.0f', current), 'n', count + 1, 'p', before)
redis.call('PEXPIRE', counter, 2 * window)
return {1, math.floor(limit - used - 1), window - into}
