namespace Tracebloc.Testing.Hub;

/// <summary>
/// A request for a model: <c>/api/models/REPOSITORY/KIND/REVISION</c> or <c>/REPOSITORY/resolve/…</c>.
/// </summary>
internal sealed record FakeHubRoute(string Repository, string Kind, string Revision, string Path)
{
    public static FakeHubRoute? Parse(string path)
    {
        var segments = path.Trim('/').Split('/');
        var isApi = segments is ["api", "models", ..];
        var parts = isApi ? segments[2..] : segments;
        var kind = Array.FindIndex(parts, part => isApi ? part is "revision" or "tree" : part == "resolve");
        return kind is 1 or 2 && parts.Length > kind + 1
            ? new FakeHubRoute(
                string.Join('/', parts[..kind]),
                parts[kind],
                Uri.UnescapeDataString(parts[kind + 1]),
                string.Join('/', parts[(kind + 2)..]))
            : null;
    }
}
