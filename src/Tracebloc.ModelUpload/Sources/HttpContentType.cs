namespace Tracebloc.ModelUpload.Sources;

/// <summary>Media types that do not fit a file's name.</summary>
internal static class HttpContentType
{
    private const string Any = "application/octet-stream";

    private static readonly string[] Zip =
        ["application/zip", "application/x-zip-compressed", "application/zip-compressed", "application/x-zip"];

    private static readonly string[] Tar =
    [
        "application/x-tar", "application/x-gtar", "application/gzip", "application/x-gzip", "application/x-bzip2",
        "application/x-xz", "application/zstd", "application/x-compressed-tar", "application/x-tgz",
    ];

    private static readonly string[] TarNames =
        [".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst", ".tzst"];

    /// <summary>A warning for a page in place of the file, or another kind of archive; null for all else.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="header"><c>Content-Type</c>; null where the server sends none.</param>
    public static string? WarningOf(string name, string? header)
    {
        var type = header?.Split(';')[0].Trim().ToLowerInvariant() ?? Any;
        return IsExpected(name, type)
            ? null
            : $"{name} comes as {type}, which does not fit its name; check that the address is that of the file";
    }

    private static bool IsExpected(string name, string type)
    {
        if (type is Any or "" or "binary/octet-stream")
            return true;
        if (EndsWith(name, ".zip"))
            return Zip.Contains(type);
        if (TarNames.Any(end => EndsWith(name, end)))
            return Tar.Contains(type);
        return type != "text/html" || EndsWith(name, ".html") || EndsWith(name, ".htm");
    }

    private static bool EndsWith(string name, string end) => name.EndsWith(end, StringComparison.OrdinalIgnoreCase);
}
