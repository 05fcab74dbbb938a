using System.Buffers;
using System.Text;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Net;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Checks that every label is a line of BIO tags: <c>O</c>, <c>B-NAME</c> or <c>I-NAME</c>.</summary>
internal sealed class BioLabelValidator(string column) : IRowValidator
{
    private static readonly SearchValues<byte> Blank = SearchValues.Create(" \t\r\n\v\f"u8);

    private FoundColumn? _column;

    /// <inheritdoc/>
    public string Name => nameof(ValidatorName.BioLabel);

    /// <inheritdoc/>
    public void Begin(RecordHeader header, Findings findings) =>
        // A missing column is a fault of the label's own validator.
        _column = header.Find(column) is >= 0 and var place ? new(header, place, column) : null;

    /// <inheritdoc/>
    public void Look(RecordBatch batch, Findings findings)
    {
        if (_column is not { } tags) return;
        for (var row = 0; row < batch.Count; row++)
        {
            var wrong = FirstWrong(batch[row, tags.Place]);
            if (wrong.IsEmpty || !findings.Count()) continue;
            findings.Keep(tags.Describe(
                batch,
                row,
                $"\"{Line.Of(Encoding.UTF8.GetString(wrong), 40)}\" is no BIO tag; write O, B-NAME or I-NAME for each "
                    + "word, with blanks between them"));
        }
    }

    /// <inheritdoc/>
    public void End(Findings findings)
    {
    }

    private static ReadOnlySpan<byte> FirstWrong(ReadOnlySpan<byte> label)
    {
        for (var rest = Blanks.Trim(label); !rest.IsEmpty;)
        {
            var tag = rest[..Length(rest)];
            if (!IsTag(tag)) return tag;
            rest = Blanks.Trim(rest[tag.Length..]);
        }

        return [];
    }

    private static int Length(ReadOnlySpan<byte> text) =>
        text.IndexOfAny(Blank) is >= 0 and var end ? end : text.Length;

    private static bool IsTag(ReadOnlySpan<byte> tag) =>
        tag is [(byte)'O'] or [(byte)'B' or (byte)'I', (byte)'-', _, ..];
}
