-- Ends access tokens before their time: one of them, or all that were issued until now. What is kept outlives every one of them.
-- KEYS[1]  tokens:ended:{user}, a hash: token id -> 1, '*' -> time in ms until which whatever was issued is over
-- ARGV[1]  the token's id, or '*'
-- ARGV[2]  1, or the time in ms
-- ARGV[3]  how long to keep it, in ms: no less than a token can still live
-- Returns {1}.
local ended = KEYS[1]
local what = ARGV[1]
local value = ARGV[2]
local keep = tonumber(ARGV[3])

redis.call('HSET', ended, what, value)
if redis.call('PTTL', ended) < keep then
    redis.call('PEXPIRE', ended, keep)
end
return {1}
