namespace Tracebloc.ModelUpload.Sources;

/// <summary>The files that layers leave when they are put one upon the other (OCI image spec, layer.md).</summary>
internal sealed class OciTree
{
    private const string Whiteout = ".wh.", Opaque = ".wh..wh..opq";

    private readonly Dictionary<string, OciFile> _files = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, OciFile> Files => _files;

    /// <summary>Puts a layer on top: its whiteouts remove what lies below it, wherever they stand in it.</summary>
    public void Add(IReadOnlyList<(string Path, OciFile? File)> layer)
    {
        foreach (var (path, _) in layer)
            if (Hidden(path) is { } hidden)
                Remove(hidden, isOpaque: path.EndsWith(Opaque, StringComparison.Ordinal));
        foreach (var (path, file) in layer)
            if (file is not null && Hidden(path) is null)
                Put(path, file);
    }

    /// <summary>The path that a whiteout hides; for an opaque one its folder; null for other files.</summary>
    private static string? Hidden(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (!name.StartsWith(Whiteout, StringComparison.Ordinal))
            return null;
        var folder = path[..^name.Length];
        return name == Opaque ? folder.TrimEnd('/') : folder + name[Whiteout.Length..];
    }

    private void Put(string path, OciFile file)
    {
        Remove(path, isOpaque: false);
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            _files.Remove(path[..slash]);
        _files[path] = file;
    }

    private void Remove(string path, bool isOpaque)
    {
        if (!isOpaque)
            _files.Remove(path);
        var start = path.Length == 0 ? "" : $"{path}/";
        foreach (var below in _files.Keys.Where(each => each.StartsWith(start, StringComparison.Ordinal)).ToList())
            _files.Remove(below);
    }
}
