-- Adds a document without question.
-- KEYS: as judge.lua. ARGV: 1 epoch, 2 name, 3 record, 4 shingles, 5 life time in ms, 6 number of near buckets,
--       7... near buckets, then far buckets
-- Returns 1 when it was added, 0 when it was there, -1 when the index is another one by now.
local FAR_KEPT = 16

if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then
  return -1
end
if redis.call('HEXISTS', KEYS[3], ARGV[2]) == 1 then
  return 0
end
local number = struct.pack('<I4', redis.call('HINCRBY', KEYS[1], 'documents', 1))
redis.call('HSET', KEYS[3], ARGV[2], number)
redis.call('HSET', KEYS[2], number, ARGV[3])
redis.call('HSET', KEYS[4], number, ARGV[4])
for i = 7, #ARGV do
  local members = redis.call('HGET', KEYS[5], ARGV[i]) or ''
  if i > 6 + tonumber(ARGV[6]) and #members >= 4 * FAR_KEPT then
    members = string.sub(members, 5)
  end
  redis.call('HSET', KEYS[5], ARGV[i], members .. number)
end
redis.call('HINCRBY', KEYS[1], string.sub(ARGV[2], 1, 1) == 'c' and 'corpus' or 'admitted', 1)
for i = 1, 6 do
  redis.call('PEXPIRE', KEYS[i], ARGV[5])
end
return 1
