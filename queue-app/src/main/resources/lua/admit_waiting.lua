-- One tick of admission: meters the rate with the server's clock, admits from the front, records each grant, and reads the line.
-- Any number of instances may run it: together they admit exactly the rate.
-- KEYS  the line's keys, in the order of Keys
-- ARGV  1-3 see line.part.lua; 4 rate per second (fractions too); 5 burst; 6 cap of active shoppers; 7 pass life ms;
--       8 sale opens ms; 9 sale closes ms; 10 DRAW or FIFO; 11 silence ms; 12 ms by which ended passes keep their slot;
--       13 1 = admit nobody for now, 2 = nor touch the meter: the caller does not know whether anybody may be let in, others do;
--       14 share of the rate (0..1); 15 most admissions in one tick;
--       16 id in the stream of admissions after which to read ('' = do not read); 17 how many of them; 18 capacity;
--       19 version of the operators' settings that the caller knows: a line that forgot them admits nobody
-- Returns facts of the line; active; left; expired; joinedMillis of the first; effective cap; effective capacity;
--         admissions after the id: {id, account, epoch:number, admitted ms, end ms, waited ms} each; cut-off of a drain ms or 0
--#include line.part.lua
local epoch, _, recoverUntil = current_epoch(false)
local m = redis.call('HMGET', META, 'rate', 'activeLimit', 'state', 'drawn', 'credit', 'metered', 'resumed', 'left', 'expired', 'capacity',
  'cutOff')
local rate = math.min(tonumber(m[1] or ARGV[4]), 1000)
local burst = tonumber(ARGV[5]) * (m[1] and rate / tonumber(ARGV[4]) or 1)
if burst < 1 then burst = 1 end
local cap, passLife, silence = tonumber(m[2] or ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[11])

-- The meter. A gap in which nobody ticked earns nothing: what was not let in then is not made up for.
local metered = tonumber(m[6] or nowMicros)
local elapsed = nowMicros - metered
if elapsed < 0 or elapsed > 2000000 then elapsed = 0 end
local credit = math.min(burst, tonumber(m[5] or 0) + elapsed / 1000000 * rate * tonumber(ARGV[14]))

local state = state_now(m[3], m[11])
local opensAt = tonumber(ARGV[8])
local mayAdmit = epoch > 0 and ARGV[13] == '0' and not is_behind(ARGV[19]) and (state == 'OPEN' or state == 'DRAINING')
  and now >= opensAt and now < tonumber(ARGV[9]) and now >= recoverUntil
  and (ARGV[10] ~= 'DRAW' or m[4] == '1' or redis.call('EXISTS', ENTRIES) == 0)
if not mayAdmit then credit = math.min(credit, 1) end

redis.call('ZREMRANGEBYSCORE', ACTIVE, '-inf', int(now - tonumber(ARGV[12])))
local active = redis.call('ZCARD', ACTIVE)
local expired = 0
if mayAdmit then
  local room = math.min(math.floor(credit), cap - active, tonumber(ARGV[15]))
  local heardSince = math.max(0, now - silence)
  if now - tonumber(m[7] or 0) < silence then heardSince = 0 end
  while room > 0 do
    local first = redis.call('ZRANGE', LINE, 0, room - 1, 'WITHSCORES')
    if #first == 0 then break end
    for i = 1, #first, 2 do
      local user, score = first[i], tonumber(first[i + 1])
      local seen = tonumber(redis.call('ZSCORE', SEEN, user) or 0)
      local joined = tonumber(redis.call('HGET', JOINED, user) or now)
      redis.call('ZREM', LINE, user) redis.call('ZREM', SEEN, user) redis.call('HDEL', JOINED, user)
      if seen < heardSince then
        expired = expired + 1
      else
        local place = int(math.floor(score / PLACES)) .. ':' .. int(score % PLACES)
        local ends = int(now + passLife)
        redis.call('HSET', GRANTS, user, place .. ':' .. int(now) .. ':' .. ends .. ':L')
        redis.call('ZADD', GRANT_ENDS, ends, user)
        redis.call('ZADD', ACTIVE, ends, place)
        redis.call('XADD', ADMISSIONS, 'MAXLEN', '~', 200000, '*', 'u', user, 'p', place, 'a', int(now), 'e', ends,
          'w', int(math.max(0, now - joined)))
        room, credit, active = room - 1, credit - 1, active + 1
        redis.call('HINCRBY', META, 'admitted', 1)
      end
    end
  end
  if expired > 0 then redis.call('HINCRBY', META, 'expired', expired) end
end
if epoch > 0 and ARGV[13] ~= '2' then
  redis.call('HSET', META, 'credit', string.format('%.9f', credit), 'metered', int(nowMicros))
end

local admissions = {}
if ARGV[16] ~= '' then
  for i, entry in ipairs(redis.call('XRANGE', ADMISSIONS, '(' .. ARGV[16], '+', 'COUNT', ARGV[17])) do
    local f = entry[2]
    admissions[i] = { entry[1], f[2], f[4], f[6], f[8], f[10] }
  end
end
local front = redis.call('ZRANGE', LINE, 0, 0)
local oldest = front[1] and redis.call('HGET', JOINED, front[1]) or '0'
return { facts_of_line(), active, m[8] or '0', int((m[9] or 0) + expired), oldest, int(cap), m[10] or ARGV[18], admissions,
  m[11] or '0' }
