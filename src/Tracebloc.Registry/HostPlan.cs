namespace Tracebloc.Registry;

/// <summary>What to ask one host for: every manifest once, however often it is among the images.</summary>
internal sealed class HostPlan(RegistryHost host, int maxWidth)
{
    private readonly Dictionary<string, List<int>> _positions = [];
    private readonly List<(ManifestTarget Target, List<int> Positions)> _targets = [];

    public RegistryHost Host => host;

    /// <summary>The manifests, with the places of the images that want them.</summary>
    public IReadOnlyList<(ManifestTarget Target, List<int> Positions)> Targets => _targets;

    public int Width => maxWidth;

    public IReadOnlyCollection<string> Names => _targets.Select(entry => entry.Target.Name ?? "").ToHashSet();

    public void Add(ManifestTarget target, int position)
    {
        if (!_positions.TryGetValue(target.Uri.AbsoluteUri, out var positions))
        {
            _positions[target.Uri.AbsoluteUri] = positions = [];
            _targets.Add((target, positions));
        }
        positions.Add(position);
    }
}
