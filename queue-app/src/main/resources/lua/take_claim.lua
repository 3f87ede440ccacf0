-- Claims an account for one line: "one line at a time". The claim is "eventId|requestId".
-- KEYS  1 the account's claim
-- ARGV  1 eventId; 2 request id; 3 life ms; 4 the claim of another line that may be taken over, or ''
-- Returns '' when the claim stands for this line, else the claim that stands in the way
local claim = redis.call('GET', KEYS[1])
if claim and claim ~= ARGV[4] then
  if string.sub(claim, 1, #ARGV[1] + 1) ~= ARGV[1] .. '|' then return { claim } end
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  return { '' }
end
redis.call('SET', KEYS[1], ARGV[1] .. '|' .. ARGV[2], 'PX', ARGV[3])
return { '' }
