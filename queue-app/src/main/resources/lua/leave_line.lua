-- Takes an account out of everything at once and gives its slot back; a replay of the same request changes nothing.
-- KEYS  the line's keys, in the order of Keys
-- ARGV  1-3 see line.part.lua; 4 account; 5 request id
-- Returns 1 when the account had a place or a live pass, 2 when it had left before (the answer may have been lost), else 0;
--         then score or "epoch:number" of it, or ''; then now
--#include line.part.lua
local user = ARGV[4]
if redis.call('ZADD', REQUESTS, 'NX', int(now), ARGV[5]) == 0 then return { 0, '', int(now) } end
local had, place = 0, ''
local kind, score, _, _, grant = facts_of(user)
if kind == 'W' or kind == 'E' then
  redis.call('ZREM', LINE, user) redis.call('ZREM', ENTRIES, user) redis.call('ZREM', SEEN, user) redis.call('HDEL', JOINED, user)
  had, place = 1, score
elseif kind == 'G' and is_live(grant) then
  place = string.match(grant, '^(%d+:%d+):')
  redis.call('ZREM', ACTIVE, place)
  redis.call('HSET', GRANTS, user, (string.gsub(grant, 'L$', 'X')))
  had = 1
end
if had == 1 then
  redis.call('ZADD', GONE, int(now), user)
  redis.call('HINCRBY', META, 'left', 1)
elseif redis.call('ZSCORE', GONE, user) then
  had = 2
end
return { had, place, int(now) }
