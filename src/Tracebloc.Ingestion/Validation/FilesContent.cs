using Microsoft.Win32.SafeHandles;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Reads files that are small where they are as they should be.</summary>
internal static class FilesContent
{
    /// <returns>All bytes of the file; null where there are more.</returns>
    public static byte[]? Read(SafeFileHandle file, int mostBytes)
    {
        var length = RandomAccess.GetLength(file);
        if (length > mostBytes) return null;
        var bytes = new byte[length];
        var filled = 0;
        while (filled < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(filled), filled) is > 0 and var read)
            filled += read;
        return bytes[..filled];
    }
}
