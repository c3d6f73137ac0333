-- Begins the index of an experiment, or joins it.
-- KEYS: 1 state. ARGV: 1 epoch for a new one, 2 life time in ms. Returns its epoch, and 1 when it is complete.
redis.call('HSETNX', KEYS[1], 'epoch', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return { redis.call('HGET', KEYS[1], 'epoch'), redis.call('HEXISTS', KEYS[1], 'complete') }
