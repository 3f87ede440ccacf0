-- Gives an account its place in the line, the same one however often it asks; or the place a token of an older epoch proves.
-- KEYS  the line's keys, in the order of Keys
-- ARGV  1-3 see line.part.lua; 4 account; 5 capacity; 6 pre-queue opens ms; 7 sale opens ms; 8 sale closes ms;
--       9 DRAW or FIFO; 10 silence ms; place token: 11 kind (W, E, G or ''), 12 epoch, 13 number, 14 issued ms,
--       15 admitted ms and 16 pass end ms of a G token; 17 1 = give no new place;
--       18 version of the operators' settings that the caller knows
-- Returns verdict (OK, FULL, CLOSED, EARLY, UNPROVEN, or BEHIND: the line forgot what operators set, nothing was done), kind, score, ahead, joinedMillis, grant, then the facts of the line
--#include line.part.lua
local user, capacity = ARGV[4], tonumber(ARGV[5])
local preOpens, opens, closes, mode, silence = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8]), ARGV[9], tonumber(ARGV[10])
local epoch, began, recoverUntil = current_epoch(true)

local function answer(verdict)
  local kind, score, ahead, joined, grant = facts_of(user)
  return { verdict, kind, score, ahead, joined, grant, unpack(facts_of_line()) }
end

-- A token counts when it comes from before this epoch, from someone who was not yet silent when it began, and in time;
-- that of a granted place as long as its pass.
local function restored_score()
  if ARGV[11] == '' then return nil end
  local tokenEpoch, issued = tonumber(ARGV[12]), tonumber(ARGV[14])
  if tokenEpoch >= epoch or issued >= began then return nil end
  if ARGV[11] == 'G' then
    if tonumber(ARGV[16]) <= now then return nil end
  elseif issued < began - silence or now > began + silence then
    return nil
  end
  local gone = redis.call('ZSCORE', GONE, user)
  if gone and tonumber(gone) >= issued then return nil end
  if ARGV[11] ~= 'G' and tonumber(redis.call('HGET', META, 'cleared') or 0) >= issued then return nil end
  if recoverUntil == 0 then -- the first proof that something was lost
    redis.call('HSET', META, 'recoverUntil', int(began + tonumber(ARGV[3])))
  end
  return tokenEpoch * PLACES + tonumber(ARGV[13])
end

if is_behind(ARGV[18]) then return answer('BEHIND') end
local restored = restored_score()
local grant = redis.call('HGET', GRANTS, user)
if grant then
  if is_live(grant) then return answer('OK') end
  -- Whoever was admitted on that place has had it: the token brings it back no more.
  local e, n = string.match(grant, '^(%d+):(%d+):')
  if restored and e * PLACES + n >= restored then restored = nil end
end

local score = redis.call('ZSCORE', LINE, user)
local entry = not score and redis.call('ZSCORE', ENTRIES, user)
if restored and ARGV[11] == 'G' then
  redis.call('ZREM', LINE, user) redis.call('ZREM', ENTRIES, user) redis.call('ZREM', SEEN, user) redis.call('HDEL', JOINED, user)
  redis.call('HSET', GRANTS, user, ARGV[12] .. ':' .. ARGV[13] .. ':' .. ARGV[15] .. ':' .. ARGV[16] .. ':L')
  redis.call('ZADD', GRANT_ENDS, ARGV[16], user)
  redis.call('ZADD', ACTIVE, ARGV[16], ARGV[12] .. ':' .. ARGV[13])
  return answer('OK')
end
-- Entries are taken until the opening; those that a loss took away, until the list is closed.
local inDraw = mode == 'DRAW' and now < opens
if restored and ARGV[11] == 'E' then
  inDraw = mode == 'DRAW' and not redis.call('HGET', META, 'drawEpoch')
  if not inDraw then restored = nil end
elseif restored then
  inDraw = false
end
if score or entry then
  local list = score and LINE or ENTRIES
  if restored and restored < tonumber(score or entry) then redis.call('ZADD', list, int(restored), user) end
  redis.call('ZADD', SEEN, int(now), user)
  return answer('OK')
end

if now >= closes then return answer('CLOSED') end
if not restored then
  if ARGV[17] == '1' then return answer('UNPROVEN') end
  local state = redis.call('HGET', META, 'state')
  if state == 'DRAINING' or state == 'CLOSED' then return answer('CLOSED') end
  if now < preOpens then return answer('EARLY') end
  local limit = tonumber(redis.call('HGET', META, 'capacity') or capacity)
  if redis.call('ZCARD', LINE) + redis.call('ZCARD', ENTRIES) >= limit then return answer('FULL') end
  if mode == 'DRAW' and not inDraw then -- behind everybody who is still to be drawn
    local entrants = redis.call('ZCARD', ENTRIES)
    if entrants > tonumber(redis.call('HGET', META, 'number')) then redis.call('HSET', META, 'number', entrants) end
  end
  restored = epoch * PLACES + redis.call('HINCRBY', META, 'number', 1)
end
if grant then redis.call('HDEL', GRANTS, user) redis.call('ZREM', GRANT_ENDS, user) end
redis.call('ZADD', inDraw and ENTRIES or LINE, int(restored), user)
redis.call('ZADD', SEEN, int(now), user)
redis.call('HSET', JOINED, user, int(now))
return answer('OK')
