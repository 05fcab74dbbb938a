using System.Text;
using Microsoft.Win32.SafeHandles;
using Tracebloc.Net.Files;

namespace Tracebloc.Ingestor.Volume;

/// <summary>
/// Names the file that a thread is copying: where the attempt is killed, the next one knows that this file is half.
/// </summary>
internal sealed class CopyNote : IDisposable
{
    private const byte End = 0;

    private readonly SafeFileHandle _note;

    private CopyNote(SafeFileHandle note) => _note = note;

    /// <summary>Makes the note of one thread, in the run's folder of notes.</summary>
    /// <exception cref="DirectoryNotFoundException">Another attempt has taken the folder over.</exception>
    public static CopyNote Open(string notes) => new(File.OpenHandle(
        Path.Combine(notes, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write));

    /// <summary>Removes the files that earlier attempts were copying, and their notes.</summary>
    /// <exception cref="IOException">One of them cannot be removed.</exception>
    public static void RemoveHalf(RunFolder folder)
    {
        foreach (var note in FolderListing.Read(folder.Notes).ToList())
        {
            var path = Path.Combine(folder.Notes, note.Name);
            if (NameIn(path) is { Length: > 0 } name) File.Delete(Path.Combine(folder.Data, name));
            File.Delete(path);
        }
    }

    /// <summary>Notes the next file, before it is there; the one before is whole.</summary>
    public void Write(string name) => RandomAccess.Write(_note, [.. Encoding.UTF8.GetBytes(name), End], fileOffset: 0);

    public void Dispose() => _note.Dispose();

    // The rest of a longer name may follow.
    private static string NameIn(string note)
    {
        var bytes = File.ReadAllBytes(note);
        return Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Max(0, Array.IndexOf(bytes, End))));
    }
}
