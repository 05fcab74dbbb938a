using System.Diagnostics.CodeAnalysis;
using Tracebloc.ModelUpload.Models;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>The name of the one file at an address.</summary>
internal static class HttpFileName
{
    /// <summary>
    /// Reads the last segment of the path, percent-decoded; else the fault completes "The address … ".
    /// </summary>
    public static bool TryOf(
        Uri address, [NotNullWhen(true)] out ModelPath? path, [NotNullWhen(false)] out string? fault)
    {
        var escaped = address.AbsolutePath[(address.AbsolutePath.LastIndexOf('/') + 1)..];
        var name = Uri.UnescapeDataString(escaped);
        path = null;
        fault = name switch
        {
            "" => "names no file: its path ends with a slash",
            _ when name.Contains('/', StringComparison.Ordinal) => "has a slash in its file name",
            _ => ModelPath.TryParse(name, out path, out var wrong) ? null : $"has a file name that {wrong}",
        };
        return path is not null;
    }
}
