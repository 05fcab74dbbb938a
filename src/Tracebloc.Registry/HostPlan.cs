namespace Tracebloc.Registry;

/// <summary>The manifests to ask one host for, each once.</summary>
internal sealed class HostPlan(RegistryHost host, int maxWidth)
{
    // Measured on the published program against TLS on loopback: HTTP/2 adds 4 to 7 ms to the first request, which is
    // the code it brings in, and a second connection 4 ms of handshake. A few images are done sooner one after another
    // on one connection; from here on multiplexing wins.
    private const int FewImages = 8;
    private const int ImagesPerConnection = 4;

    private readonly Dictionary<string, List<int>> _positions = [];
    private readonly List<(ManifestTarget Target, List<int> Positions)> _targets = [];

    public RegistryHost Host => host;

    /// <summary>The manifests, with the places of the images that want them.</summary>
    public IReadOnlyList<(ManifestTarget Target, List<int> Positions)> Targets => _targets;

    public bool IsLarge => _targets.Count > FewImages;

    /// <summary>The number of concurrent requests.</summary>
    public int Width =>
        IsLarge ? maxWidth : Math.Min(maxWidth, (_targets.Count + ImagesPerConnection - 1) / ImagesPerConnection);

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
