-- Moves the end of seats that are still held under the given fences.
--
-- KEYS[1..n]   the seats
-- ARGV[1]      milliseconds from now
-- ARGV[2..n]   fence of each seat, in the order of KEYS
--
-- Returns {number of seats whose end moved}
local extended = 0
for i, seat in ipairs(KEYS) do
    local value = redis.call('GET', seat)
    if value and string.sub(value, 1, string.find(value, ':', 1, true) - 1) == ARGV[i + 1] then
        extended = extended + redis.call('PEXPIRE', seat, ARGV[1])
    end
end
return { extended }
