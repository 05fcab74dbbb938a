namespace Tracebloc.Testing.Kubernetes;

/// <summary>The CustomResourceDefinitions of a server; those of all its custom types, unless it lacks some.</summary>
public sealed class FakeDefinitions
{
    private readonly Lock _gate = new();
    private readonly HashSet<FakeResourceType> _missing;

    /// <param name="missing">Types that are not installed when the server starts.</param>
    public FakeDefinitions(params IReadOnlyList<FakeResourceType> missing) => _missing = [.. missing];

    internal bool IsInstalled(FakeResourceType type)
    {
        lock (_gate) return !_missing.Contains(type);
    }

    internal void Set(FakeResourceType type, bool isInstalled)
    {
        lock (_gate)
        {
            if (isInstalled) _missing.Remove(type);
            else _missing.Add(type);
        }
    }
}
