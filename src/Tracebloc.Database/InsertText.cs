using System.Runtime.InteropServices;
using System.Text;

namespace Tracebloc.Database;

/// <summary>Makes chunks into INSERT statements of bounded length, one chunk after the other.</summary>
internal sealed class InsertText
{
    // Bytes that are no text must not become question marks.
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly byte[] _head;
    private readonly byte[] _tail;
    private readonly int _mostBytes;
    private readonly List<byte> _text = [];

    /// <param name="target">The table and its columns.</param>
    /// <param name="mostBytes">The most bytes of a statement; one longer row is a statement of its own.</param>
    public InsertText(LoadTarget target, int mostBytes)
    {
        _mostBytes = mostBytes;
        var columns = target.Columns.Concat(target.Constants.Select(one => one.Key)).Select(SqlName.Quote);
        _head = Encoding.UTF8.GetBytes(
            $"INSERT INTO {SqlName.Quote(target.Table)} ({string.Join(',', columns)}) VALUES ");
        _tail = Encoding.UTF8.GetBytes(
            string.Concat(target.Constants.Select(one => $",{SqlLiteral.Of(one.Value)}")) + ")");
    }

    /// <summary>The statements of a chunk, each with the number of its rows.</summary>
    public IEnumerable<(string Sql, int Rows)> Statements(EncodedChunk chunk)
    {
        var rows = 0;
        for (var start = 0; start < chunk.Length;)
        {
            var row = RowAt(chunk, start);
            if (rows > 0 && _text.Count + LengthOf(row.Span) > _mostBytes)
            {
                yield return (Read(_text), rows);
                rows = 0;
            }

            if (rows == 0)
            {
                _text.Clear();
                _text.AddRange(_head);
            }

            Append(_text, row.Span, isFirst: rows == 0);
            rows++;
            start += row.Length + 1;
        }

        if (rows > 0) yield return (Read(_text), rows);
    }

    private static ReadOnlyMemory<byte> RowAt(EncodedChunk chunk, int start)
    {
        var rest = chunk.Bytes[start..];
        return rest[..rest.Span.IndexOf((byte)'\n')];
    }

    private static string Read(List<byte> text) =>
        Strict.GetString(CollectionsMarshal.AsSpan(text));

    // Two quotes and a separator for each field.
    private int LengthOf(ReadOnlySpan<byte> row) => row.Length + (3 * (row.Count((byte)'\t') + 1)) + _tail.Length + 2;

    private void Append(List<byte> text, ReadOnlySpan<byte> row, bool isFirst)
    {
        if (!isFirst) text.Add((byte)',');
        text.Add((byte)'(');
        var isFirstField = true;
        foreach (var range in row.Split((byte)'\t'))
        {
            if (!isFirstField) text.Add((byte)',');
            isFirstField = false;
            Append(text, row[range]);
        }

        text.AddRange(_tail);
    }

    private static void Append(List<byte> text, ReadOnlySpan<byte> field)
    {
        if (field.SequenceEqual("\\N"u8))
        {
            text.AddRange("NULL"u8);
            return;
        }

        text.Add((byte)'\'');
        text.AddRange(field);
        text.Add((byte)'\'');
    }
}
