namespace NnGpt.Novelty.Redis;

/// <summary>What has to happen in Redis at once.</summary>
internal static class IndexScripts
{
    /// <summary>
    /// KEYS: as IndexKeys.ForScript. ARGV: name, signature, list ("corpus" or "admitted"), epoch.
    /// Returns 1 when the document was added, 0 when it was there.
    /// </summary>
    public const string Add = """
        redis.call('SET', KEYS[1], ARGV[4], 'NX')
        if redis.call('HSETNX', KEYS[2], ARGV[1], ARGV[2]) == 0 then
          return 0
        end
        redis.call('RPUSH', ARGV[3] == 'corpus' and KEYS[3] or KEYS[4], ARGV[1])
        for i = 7, #KEYS do
          redis.call('SADD', KEYS[i], ARGV[1])
        end
        return 1
        """;

    /// <summary>
    /// Looks the candidate's buckets up, verifies what it meets by the estimated Jaccard, decides, and admits.
    /// KEYS: as IndexKeys.ForScript. ARGV: 1 candidate id ("" to ask only), 2 signature, 3 tau, 4 filter (1/0),
    /// 5 may be admitted (1/0), 6-9 the nearest that the caller knows: J and name in the corpus, J and name in the
    /// archive, 10 epoch. Returns the verdict as JSON; the stored one when the candidate was judged before.
    /// </summary>
    public const string Judge = """
        local id, signature, tau = ARGV[1], ARGV[2], tonumber(ARGV[3])
        if id ~= '' then
          local stored = redis.call('HGET', KEYS[5], id)
          if stored then
            return stored
          end
        end
        local own = 'g:' .. id
        local best = { c = tonumber(ARGV[6]), g = tonumber(ARGV[8]) }
        local nearest = { c = ARGV[7], g = ARGV[9] }
        local permutations = #signature / 4
        local mine, seen = {}, {}
        for i = 1, permutations do
          mine[i] = string.sub(signature, 4 * i - 3, 4 * i)
        end
        for k = 7, #KEYS do
          for _, name in ipairs(redis.call('SMEMBERS', KEYS[k])) do
            if not seen[name] and name ~= own then
              seen[name] = true
              local other = redis.call('HGET', KEYS[2], name)
              local equal = 0
              for i = 1, permutations do
                if string.sub(other, 4 * i - 3, 4 * i) == mine[i] then
                  equal = equal + 1
                end
              end
              local j, kind = equal / permutations, string.sub(name, 1, 1)
              if j > best[kind] or (j == best[kind] and name < nearest[kind]) then
                best[kind], nearest[kind] = j, name
              end
            end
          end
        end
        local novel = not (best.c > tau or best.g > tau)
        local admitted = id ~= '' and ARGV[5] == '1' and (novel or ARGV[4] == '0')
        local rejections = tonumber(redis.call('GET', KEYS[6]) or '0')
        if id ~= '' then
          redis.call('SET', KEYS[1], ARGV[10], 'NX')
          if admitted then
            redis.call('SET', KEYS[6], 0)
            if redis.call('HSETNX', KEYS[2], own, signature) == 1 then
              redis.call('RPUSH', KEYS[4], own)
              for k = 7, #KEYS do
                redis.call('SADD', KEYS[k], own)
              end
            end
          elseif ARGV[5] == '1' then
            rejections = redis.call('INCR', KEYS[6])
          end
        end
        local verdict = cjson.encode({
          novel = novel, admitted = admitted, rejections = rejections,
          jTrain = best.c, nearestTrain = nearest.c, jGenerated = best.g, nearestGenerated = nearest.g })
        if id ~= '' then
          redis.call('HSET', KEYS[5], id, verdict)
        end
        return verdict
        """;
}
