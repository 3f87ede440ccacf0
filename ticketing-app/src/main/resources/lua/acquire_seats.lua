-- Takes every seat for one request, or none.
--
-- KEYS[1]      last fence of the event
-- KEYS[2]      released mark of this request
-- KEYS[3..n]   the seats
-- ARGV[1]      request id: repeating it changes nothing
-- ARGV[2]      milliseconds to hold
-- ARGV[3]      floor: the fence will be greater (0 when the database asked for nothing)
--
-- Returns {'HELD', fence} | {'TAKEN', index of a seat from 1, ...} | {'RELEASED'}
-- A seat's value is <fence>:<request id>.
local fence_key, released_key = KEYS[1], KEYS[2]
local request, hold_millis, floor = ARGV[1], ARGV[2], tonumber(ARGV[3])

if redis.call('EXISTS', released_key) == 1 then
    return { 'RELEASED' }
end

local seats = {}
for i = 3, #KEYS do
    seats[#seats + 1] = KEYS[i]
end

local taken, mine, my_fence = {}, 0, 0
for i, value in ipairs(redis.call('MGET', unpack(seats))) do
    if value then
        local separator = string.find(value, ':', 1, true)
        if string.sub(value, separator + 1) == request then
            mine = mine + 1
            my_fence = tonumber(string.sub(value, 1, separator - 1))
        else
            taken[#taken + 1] = i
        end
    end
end
if #taken > 0 then
    table.insert(taken, 1, 'TAKEN')
    return taken
end
if mine == #seats and my_fence > floor then
    return { 'HELD', string.format('%.0f', my_fence) }
end

local time = redis.call('TIME')
local last = tonumber(redis.call('GET', fence_key) or '0')
local fence = string.format('%.0f', math.max(last + 1, tonumber(time[1]) * 1000000 + tonumber(time[2]), floor + 1))
redis.call('SET', fence_key, fence)
for _, seat in ipairs(seats) do
    redis.call('SET', seat, fence .. ':' .. request, 'PX', hold_millis)
end
return { 'HELD', fence }
