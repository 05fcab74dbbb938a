using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;
using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Checks that every text file is one line of the right number of fields, with tabs between them.</summary>
internal sealed class RecordShapeValidator(FileLayout texts, FieldRule rule) : IShareable
{
    private const int MostBytes = 4 << 20;

    /// <inheritdoc/>
    public string Name => nameof(ValidatorName.RecordShape);

    private string Expected =>
        "one line of " + (rule.Least == rule.Most ? $"{rule.Least}" : $"{rule.Least} or {rule.Most}")
        + " fields with tabs between them";

    /// <inheritdoc/>
    public Task LookAsync(FilesShare share, FilesFindings found, CancellationToken cancellationToken) =>
        new FilesPass(texts, found) { Share = share }.OpenAsync(
            (name, file) =>
            {
                if (Fault(file) is not { } fault) return;
                if (rule.IsAdvice) found.Note($"Files that are not {Expected}", name);
                else found.Add(name, fault);
            },
            cancellationToken);

    private string? Fault(SafeFileHandle file)
    {
        var bytes = FilesContent.Read(file, MostBytes);
        return bytes is null ? $"is larger than {MostBytes >> 20} MiB; write {Expected}" : Fault(bytes);
    }

    /// <summary>The fault of a text; null for none.</summary>
    internal string? Fault(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text)) return "is not UTF-8; save it as UTF-8";
        text = WithoutEnd(text.StartsWith("\uFEFF"u8) ? text[3..] : text);
        if (text.IsEmpty) return rule.MayBeEmpty ? null : $"is empty; write {Expected}";
        if (text.ContainsAny((byte)'\r', (byte)'\n')) return $"has several lines; write {Expected}";
        var count = 0;
        foreach (var field in text.Split((byte)'\t'))
        {
            count++;
            if (Columns.Blanks.Trim(text[field]).IsEmpty) return $"has an empty field; write {Expected}";
        }

        return count >= rule.Least && count <= rule.Most ? null
            : $"has {count} {(count == 1 ? "field" : "fields")}; write {Expected}";
    }

    private static ReadOnlySpan<byte> WithoutEnd(ReadOnlySpan<byte> text) =>
        text.EndsWith("\r\n"u8) ? text[..^2] : text is [.., (byte)'\n' or (byte)'\r'] ? text[..^1] : text;
}
