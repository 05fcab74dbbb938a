using System.Text;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Volume;

/// <summary>
/// The files of a data set, written before the first of them is moved: a later attempt has no other way to find those
/// that are moved already. The list is there whole or not at all.
/// </summary>
internal static class PlacementList
{
    private const byte Staged = (byte)'S', Copied = (byte)'C';

    /// <summary>Writes the list.</summary>
    public static void Write(string path, IEnumerable<PlacedFile> files)
    {
        var part = $"{path}.part";
        using (var stream = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024))
            foreach (var file in files)
            {
                stream.WriteByte(file.IsStaged ? Staged : Copied);
                Write(stream, file.Source);
                Write(stream, file.Name);
            }

        if (VolumeFile.Rename(part, path) != RenameResult.Done)
            throw new IngestorException(IngestorExit.Failed, $"{path} could not be written: its folder is gone");
    }

    /// <summary>Reads the list; nothing where there is none.</summary>
    public static IEnumerable<PlacedFile> Read(string path)
    {
        if (UnlinkedFile.KindOf(path) == FileKind.Absent) yield break;
        using var stream = new BufferedStream(File.OpenRead(path), 64 * 1024);
        var text = new MemoryStream();
        for (int kind; (kind = stream.ReadByte()) >= 0;)
            yield return new PlacedFile(Text(stream, text), Text(stream, text), kind == Staged);
    }

    // A file's name can hold every byte but this one.
    private static void Write(Stream stream, string text)
    {
        stream.Write(Encoding.UTF8.GetBytes(text));
        stream.WriteByte(0);
    }

    private static string Text(Stream stream, MemoryStream text)
    {
        text.SetLength(0);
        for (int next; (next = stream.ReadByte()) > 0;) text.WriteByte((byte)next);
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
