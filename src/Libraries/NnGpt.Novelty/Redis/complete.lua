-- Says that every document is in. KEYS: 1 state. ARGV: 1 epoch. Returns 1, or 0 when the index is another one by now.
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], 'complete', 1)
return 1
