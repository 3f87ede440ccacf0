-- Shared opening of the scripts of one line (see Keys): time, epoch, and what is known of one account.
-- All of them get the same KEYS, in the order of Keys, and share the first arguments:
--   ARGV[1] now in ms, for tests only ('' = the server's clock)
--   ARGV[2] the newest epoch the caller has ever seen of this line (0 = none)
--   ARGV[3] how long admission pauses after a loss, ms
local META, LINE, SEEN, JOINED, GRANTS, GRANT_ENDS, ENTRIES, GONE, ACTIVE, ADMISSIONS, REQUESTS, DRAWN =
  KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8], KEYS[9], KEYS[10], KEYS[11], KEYS[12]
local EPOCH_ZERO = 1577836800 -- 2020-01-01: epochs are seconds since then, so score = epoch * 2^24 + number < 2^53
local PLACES = 16777216
-- What operators decide, in the meta hash; "controlled" beside them is the version of their last act.
local SETTINGS = { 'rate', 'capacity', 'activeLimit', 'state', 'cutOff', 'notice', 'cleared' }

local time = redis.call('TIME')
local nowMicros = ARGV[1] == '' and time[1] * 1000000 + time[2] or ARGV[1] * 1000
local now = math.floor(nowMicros / 1000)

local function int(n) return string.format('%.0f', n) end

-- Begins a new epoch when the line's memory is gone, or when another run of the server may have lost the end of it.
-- Returns epoch, its beginning, and until when admission pauses.
local function current_epoch(force)
  local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
  local kept = redis.call('HMGET', META, 'epoch', 'run', 'began', 'recoverUntil')
  if kept[1] and kept[2] == run then
    return tonumber(kept[1]), tonumber(kept[3]), tonumber(kept[4])
  end
  local known = math.max(tonumber(kept[1] or 0), tonumber(ARGV[2]))
  if known == 0 and not force then return 0, 0, 0 end
  local epoch = math.max(math.floor(now / 1000) - EPOCH_ZERO, known + 1)
  local recoverUntil = known > 0 and now + tonumber(ARGV[3]) or 0
  redis.call('HSET', META, 'epoch', int(epoch), 'run', run, 'began', int(now), 'number', 0,
    'recoverUntil', int(recoverUntil), 'resumed', int(now))
  return epoch, now, recoverUntil
end

-- A recorded grant is "epoch:number:admittedMillis:endMillis:flag"; flag L live, B bought, X left.
local function is_live(grant)
  local ends, flag = string.match(grant, '^%d+:%d+:%d+:(%d+):(%a)$')
  return flag == 'L' and tonumber(ends) > now
end

-- What is known of one account: kind (W waiting, E in the draw, G granted, N none), score, people ahead, joinedMillis, grant.
local function facts_of(user)
  local score = redis.call('ZSCORE', LINE, user)
  if score then
    return 'W', int(score), redis.call('ZRANK', LINE, user), redis.call('HGET', JOINED, user) or '0', ''
  end
  local entry = redis.call('ZSCORE', ENTRIES, user)
  if entry then
    return 'E', int(entry), 0, redis.call('HGET', JOINED, user) or '0', ''
  end
  local grant = redis.call('HGET', GRANTS, user)
  if grant then return 'G', '0', 0, '0', grant end
  return 'N', '0', 0, '0', ''
end

-- What operators set, as it is now: a line that is drained is closed from the cut-off on, if there is one.
local function state_now(state, cutOff)
  if state == 'DRAINING' and cutOff and now >= tonumber(cutOff) then return 'CLOSED' end
  return state or 'OPEN'
end

-- What is known of the line, as every script that answers about it returns it.
local function facts_of_line()
  local m = redis.call('HMGET', META, 'epoch', 'began', 'recoverUntil', 'admitted', 'state', 'drawn', 'notice', 'rate',
    'cutOff', 'controlled')
  return { int(now), m[1] or '0', m[2] or '0', m[3] or '0', m[4] or '0', state_now(m[5], m[9]), m[6] or '0', m[7] or '', m[8] or '',
    redis.call('ZCARD', LINE), redis.call('ZCARD', ENTRIES), m[10] or '0' }
end

-- Notes an act of an operator: versions rise with time, so that of two records of the settings the later is known.
local function controlled()
  local version = math.max(now, tonumber(redis.call('HGET', META, 'controlled') or 0) + 1)
  redis.call('HSET', META, 'controlled', int(version))
  return int(version)
end

-- Whether the line forgot acts of its operators that the caller knows of: what hangs on them waits until they are given back.
local function is_behind(known)
  return tonumber(redis.call('HGET', META, 'controlled') or 0) < tonumber(known)
end

-- Sends everybody who waits away, and returns how many that were.
local function send_all_away()
  local people = redis.call('ZCARD', LINE) + redis.call('ZCARD', ENTRIES)
  redis.call('DEL', LINE, SEEN, JOINED, ENTRIES)
  if people > 0 then redis.call('HINCRBY', META, 'expired', people) end
  return people
end

-- All that operators have set: name, value, name, value.
local function settings()
  local set = {}
  for i, value in ipairs(redis.call('HMGET', META, unpack(SETTINGS))) do
    if value then
      set[#set + 1] = SETTINGS[i]
      set[#set + 1] = value
    end
  end
  return set
end
