-- Gives seats back that are still held under the given fences, or by the given request; others stay as they are.
--
-- KEYS[1]      released mark of the request
-- KEYS[2..n]   the seats
-- ARGV[1]      request id; '' when only fences count
-- ARGV[2]      milliseconds for which the request stays marked released; 0 for no mark
-- ARGV[3..n]   fence of each seat, in the order of KEYS; '' when the request id is enough
--
-- Returns {number of seats given back}
local released_key = KEYS[1]
local request, mark_millis = ARGV[1], tonumber(ARGV[2])

if mark_millis > 0 then
    redis.call('SET', released_key, '1', 'PX', mark_millis)
end

local given_back = 0
for i = 2, #KEYS do
    local value = redis.call('GET', KEYS[i])
    if value then
        local separator = string.find(value, ':', 1, true)
        local fence, holder = string.sub(value, 1, separator - 1), string.sub(value, separator + 1)
        local wanted = ARGV[i + 1]
        if (wanted ~= '' and fence == wanted) or (wanted == '' and holder == request) then
            given_back = given_back + redis.call('DEL', KEYS[i])
        end
    end
end
return { given_back }
