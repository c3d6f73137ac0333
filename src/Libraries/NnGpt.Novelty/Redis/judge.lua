-- Looks the candidate's buckets up, verifies what it meets, decides, and admits: in one step for every caller.
-- KEYS: 1 state, 2 documents, 3 names, 4 shingles, 5 buckets, 6 verdicts
-- ARGV: 1 candidate id ("" to ask only), 2 its record, 3 its shingles, 4 tau, 5 margin, 6 retrieval threshold,
--       7 filter (1/0), 8 may be admitted (1/0), 9 cycle (-1: none), 10 life time in ms, 11 number of near buckets,
--       12... near buckets, then far buckets
-- Returns the verdict as JSON, the stored one when the candidate was judged before; nil when the index is not complete.
local VERIFIED, EXACT, FAR_VERIFIED, FAR_KEPT = 256, 32, 16, 16

if not redis.call('HGET', KEYS[1], 'complete') then
  return false
end
local id, record, shingles = ARGV[1], ARGV[2], ARGV[3]
local tau, margin, retrieval = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local own, cycle, last_near = 'g:' .. id, tonumber(ARGV[9]), 11 + tonumber(ARGV[11])
if id ~= '' then
  local stored = redis.call('HGET', KEYS[6], id)
  if stored then
    return stored
  end
end

-- A record: kind (c of the corpus, g admitted), cycle (4 bytes), number of permutations (2), minima (4 each), name.
local permutations = struct.unpack('<I2', record, 6)
local format = '<' .. string.rep('I4', permutations)
local minima = { struct.unpack(format, record, 8) }
local best = { c = { j = 0, name = '' }, g = { j = 0, name = '' } }
local buckets, seen, verified = {}, {}, {}

local function nearer(kind, j, name)
  local b = best[kind]
  if j > b.j or (j == b.j and j > 0 and name < b.name) then
    best[kind] = { j = j, name = name }
  end
end

-- The documents that share most of these buckets, at most `limit`, with their estimates.
local function meet(first, last, limit)
  local hits, order = {}, {}
  local found = redis.call('HMGET', KEYS[5], unpack(ARGV, first, last))
  for i = first, last do
    local members = found[i - first + 1] or ''
    buckets[i] = members
    for at = 1, #members, 4 do
      local number = string.sub(members, at, at + 3)
      if hits[number] then
        hits[number] = hits[number] + 1
      elseif not seen[number] then
        hits[number] = 1
        order[#order + 1] = number
      end
    end
  end
  if #order > limit then
    table.sort(order, function(a, b) return hits[a] > hits[b] or (hits[a] == hits[b] and a < b) end)
    for i = #order, limit + 1, -1 do
      order[i] = nil
    end
  end
  if #order == 0 then
    return
  end
  for i, other in ipairs(redis.call('HMGET', KEYS[2], unpack(order))) do
    seen[order[i]] = true
    local name = string.sub(other, 8 + 4 * permutations)
    if struct.unpack('<I2', other, 6) == permutations and name ~= own then
      local theirs = { struct.unpack(format, other, 8) }
      local equal = 0
      for k = 1, permutations do
        if theirs[k] == minima[k] then
          equal = equal + 1
        end
      end
      -- What an earlier cycle admitted has been learned from: it counts as corpus.
      local kind = string.sub(other, 1, 1)
      if kind == 'g' and cycle >= 0 and struct.unpack('<i4', other, 2) ~= cycle then
        kind = 'c'
      end
      verified[#verified + 1] = { kind = kind, j = equal / permutations, name = name, number = order[i] }
    end
  end
end

local function nearest(kind)
  local j = 0
  for _, v in ipairs(verified) do
    if v.kind == kind and v.j > j then
      j = v.j
    end
  end
  return j
end

meet(12, last_near, VERIFIED)
if nearest('c') < retrieval or nearest('g') < retrieval then
  meet(last_near + 1, #ARGV, FAR_VERIFIED)
end

-- Within the margin of tau the exact similarity counts.
table.sort(verified, function(a, b) return a.j > b.j or (a.j == b.j and a.name < b.name) end)
local mine, exact = nil, 0
for _, v in ipairs(verified) do
  if math.abs(v.j - tau) <= margin and exact < EXACT then
    exact = exact + 1
    if not mine then
      mine = {}
      for at = 1, #shingles, 4 do
        mine[string.sub(shingles, at, at + 3)] = true
      end
    end
    local theirs = redis.call('HGET', KEYS[4], v.number)
    local common = 0
    for at = 1, #theirs, 4 do
      if mine[string.sub(theirs, at, at + 3)] then
        common = common + 1
      end
    end
    local all = (#shingles + #theirs) / 4 - common
    v.j = all == 0 and 1 or common / all
  end
  nearer(v.kind, v.j, v.name)
end

local novel = not (best.c.j > tau or best.g.j > tau)
local admitted = id ~= '' and ARGV[8] == '1' and (novel or ARGV[7] == '0')
local rejections = tonumber(redis.call('HGET', KEYS[1], 'rejections') or '0')
if id ~= '' and admitted then
  redis.call('HSET', KEYS[1], 'rejections', 0)
  if redis.call('HEXISTS', KEYS[3], own) == 0 then
    local number = struct.pack('<I4', redis.call('HINCRBY', KEYS[1], 'documents', 1))
    redis.call('HSET', KEYS[3], own, number)
    redis.call('HSET', KEYS[2], number, record)
    redis.call('HSET', KEYS[4], number, shingles)
    for i = 12, #ARGV do
      local members = buckets[i] or redis.call('HGET', KEYS[5], ARGV[i]) or ''
      if i > last_near and #members >= 4 * FAR_KEPT then
        members = string.sub(members, 5)
      end
      redis.call('HSET', KEYS[5], ARGV[i], members .. number)
    end
    redis.call('HINCRBY', KEYS[1], 'admitted', 1)
  end
elseif id ~= '' and ARGV[8] == '1' then
  rejections = redis.call('HINCRBY', KEYS[1], 'rejections', 1)
end
local verdict = cjson.encode({
  novel = novel, admitted = admitted, rejections = rejections,
  jTrain = best.c.j, nearestTrain = best.c.name, jGenerated = best.g.j, nearestGenerated = best.g.name })
if id ~= '' then
  redis.call('HSET', KEYS[6], id, verdict)
  for i = 1, 6 do
    redis.call('PEXPIRE', KEYS[i], ARGV[10])
  end
end
return verdict
