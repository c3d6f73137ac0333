using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Who needs whom.</summary>
internal static class ResourceOrder
{
    /// <summary>What the resource waits for.</summary>
    public static IEnumerable<IResource> Waits(IResource resource) =>
        resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource).Distinct();

    /// <summary>Groups to stop one after another: nothing in a group is used by anything in a later one.</summary>
    /// <exception cref="DistributedApplicationException">Resources wait for each other in a circle.</exception>
    public static IReadOnlyList<IReadOnlyList<IResource>> StopGroups(IReadOnlyList<IResource> resources)
    {
        var depths = new Dictionary<IResource, int>();
        foreach (var resource in resources)
        {
            Depth(resource, depths, []);
        }

        return [.. resources.GroupBy(resource => depths[resource]).OrderByDescending(group => group.Key).Select(group => group.ToList())];
    }

    private static int Depth(IResource resource, Dictionary<IResource, int> depths, List<IResource> path)
    {
        if (path.Contains(resource))
        {
            throw new DistributedApplicationException(
                $"resources wait for each other: {string.Join(" -> ", path.SkipWhile(other => other != resource).Append(resource).Select(other => other.Name))}");
        }

        if (!depths.TryGetValue(resource, out int depth))
        {
            path.Add(resource);
            depth = Waits(resource).Select(other => Depth(other, depths, path) + 1).DefaultIfEmpty(0).Max();
            path.RemoveAt(path.Count - 1);
            depths[resource] = depth;
        }

        return depth;
    }
}
