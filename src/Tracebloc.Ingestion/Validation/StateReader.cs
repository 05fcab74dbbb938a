using System.Text;
using Tracebloc.Ingestion.Labels;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Reads everything that <see cref="StateWriter"/> wrote of a slice.</summary>
internal sealed class StateReader
{
    private readonly byte[] _bytes;
    private readonly long _lines;
    private int _at;

    /// <param name="bytes">The bytes.</param>
    /// <param name="lines">The lines of the file before the slice.</param>
    /// <exception cref="InvalidDataException">Another version wrote them.</exception>
    public StateReader(byte[] bytes, long lines)
    {
        (_bytes, _lines) = (bytes, lines);
        if (Number() != StateWriter.Version)
            throw new InvalidDataException("The findings of a part of the rows are of another version.");
    }

    public bool Flag() => Number() != 0;

    public long Number() => (long)SevenBits.Read(_bytes, ref _at);

    /// <summary>A line of the slice, as one of the file; 0 for none.</summary>
    public long Line() => Number() is > 0 and var line ? line + _lines : 0;

    public byte[]? Bytes()
    {
        var length = Number() - 1;
        if (length > _bytes.Length - _at)
            throw new InvalidDataException("The findings of a part of the rows are cut off.");
        if (length < 0) return null;
        _at += (int)length;
        return _bytes[(_at - (int)length).._at];
    }

    public string? Text() => Bytes() is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>A finding, with its line in the file.</summary>
    public Finding? Finding()
    {
        if (!Flag()) return null;
        var (file, line, column, name) = (Text() ?? "", Line(), (int)Number(), Text());
        return new(file, line, column, name, Text() ?? "");
    }

    /// <summary>Adds faults behind those of the slices before.</summary>
    public void AddTo(Findings findings)
    {
        var (total, first) = (Number(), Number());
        for (var i = 0; i < first; i++)
            if (Finding() is { } finding) findings.Add(finding);
        findings.AddUnnamed(total - first);
    }
}
