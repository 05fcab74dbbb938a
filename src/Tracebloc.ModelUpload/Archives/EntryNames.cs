using System.Text;
using Tracebloc.ModelUpload.Models;

namespace Tracebloc.ModelUpload.Archives;

/// <summary>The names of an archive's entries, each checked and none of them in another's way.</summary>
internal sealed class EntryNames
{
    /// <summary>Linux opens no longer path.</summary>
    private const int MaxBytes = 4096;

    private const int MaxDepth = 64;

    private readonly Dictionary<string, (string Spelling, bool IsFile)> _known =
        new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes a name; else the fault completes "Entry … ".</summary>
    public ModelPath? Add(ArchiveEntry entry, out string? fault)
    {
        if (!ModelPath.TryParse(entry.Name, out var path, out fault))
            return null;
        fault = SizeFault(path) ?? FolderFault(path) ?? Occupy(path.Text, !entry.IsFolder);
        return fault is null ? path : null;
    }

    private static string? SizeFault(ModelPath path)
    {
        if (path.Text.Contains('\uFFFD', StringComparison.Ordinal))
            return "has a name that is not UTF-8";
        if (Encoding.UTF8.GetByteCount(path.Text) > MaxBytes)
            return $"has a name of more than {MaxBytes} bytes";
        return path.Segments.Count > MaxDepth ? $"lies more than {MaxDepth} folders deep" : null;
    }

    private string? FolderFault(ModelPath path)
    {
        for (var slash = path.Text.IndexOf('/'); slash > 0; slash = path.Text.IndexOf('/', slash + 1))
        {
            if (Occupy(path.Text[..slash], isFile: false) is { } fault)
                return fault;
        }

        return null;
    }

    private string? Occupy(string name, bool isFile)
    {
        if (_known.TryAdd(name, (name, isFile)))
            return null;
        var (spelling, wasFile) = _known[name];
        if (spelling != name)
            return $"differs from {spelling} in case alone";
        if (isFile)
            return wasFile ? "is there twice" : "has the name of a folder";
        return wasFile ? $"needs {spelling} as a folder, which is a file" : null;
    }
}
