using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Tracebloc.Ingestion.Staging;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Staging;

/// <summary>
/// A list of files that have arrived, in a work folder. It is written once, after the disk has them, and spares the
/// next transfer to read them all: what a list does not hold, or holds otherwise, is read.
/// </summary>
internal static class StagedList
{
    public const string Extension = ".list";

    // Hash, size and time, with a blank behind each; then the path.
    private const int Digits = 19, PathAt = 2 * FileHash.Size + 1 + Digits + 1 + Digits + 1;

    /// <summary>Writes a list, whole or not at all.</summary>
    public static void Write(string path, IEnumerable<KeyValuePair<string, StagedRecord>> files)
    {
        var part = $"{path}.part";
        using (var text = new StreamWriter(part, append: false, new UTF8Encoding(false), 64 * 1024) { NewLine = "\n" })
            foreach (var (name, file) in files)
                text.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{file.Hash} {file.Size:D19} {file.Modified:D19} {name}"));
        VolumeFile.Rename(part, path);
    }

    /// <summary>Adds the files of a list; lines that are none are left out.</summary>
    public static void Read(SafeFileHandle list, IDictionary<string, StagedRecord> files)
    {
        using var text = new StreamReader(new FileStream(list, FileAccess.Read, 0), Encoding.UTF8, false, 64 * 1024);
        while (text.ReadLine() is { } line)
            if (line.Length > PathAt
                && FileHash.Parse(line.AsSpan(0, 2 * FileHash.Size)) is { } hash
                && Number(line, 2 * FileHash.Size + 1) is { } size
                && Number(line, 2 * FileHash.Size + 1 + Digits + 1) is { } modified)
                files[line[PathAt..]] = new StagedRecord(size, modified, hash);
    }

    private static long? Number(string line, int at) =>
        long.TryParse(line.AsSpan(at, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
