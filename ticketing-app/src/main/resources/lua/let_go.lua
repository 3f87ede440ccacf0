-- Gives up a claim, unless it has passed to somebody else meanwhile.
-- KEYS[1]  the claim
-- ARGV[1]  who made it
-- Returns {1} when it was given up, {0} when it was not ours any more.
local claim = KEYS[1]
local holder = ARGV[1]

if redis.call('GET', claim) == holder then
    redis.call('DEL', claim)
    return {1}
end
return {0}
