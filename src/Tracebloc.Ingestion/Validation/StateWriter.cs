using System.Buffers;
using System.Text;
using Tracebloc.Ingestion.Labels;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Writes everything that validators know of a slice, for <see cref="StateReader"/>.</summary>
internal sealed class StateWriter
{
    /// <summary>The form of all that is written: pods of one Job have one image.</summary>
    public const int Version = 1;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public StateWriter() => Write(Version);

    public byte[] Bytes => _bytes.WrittenSpan.ToArray();

    public void Write(bool flag) => Write(flag ? 1 : 0);

    /// <summary>Writes a number; those below 0 are long.</summary>
    public void Write(long number) => SevenBits.Write(_bytes, (ulong)number);

    public void Write(byte[]? bytes)
    {
        Write((bytes?.Length ?? -1) + 1);
        _bytes.Write(bytes ?? []);
    }

    public void Write(string? text) => Write(text is null ? null : Encoding.UTF8.GetBytes(text));

    public void Write(Finding? finding)
    {
        Write(finding is not null);
        if (finding is null) return;
        Write(finding.File);
        Write(finding.Line);
        Write(finding.Column);
        Write(finding.ColumnName);
        Write(finding.Message);
    }

    /// <summary>Writes the faults behind some of them.</summary>
    public void Write(Findings findings, FindingsCount before = default)
    {
        Write(findings.Total - before.Total);
        Write(findings.First.Count - before.First);
        foreach (var finding in findings.First.Skip(before.First)) Write(finding);
    }
}
