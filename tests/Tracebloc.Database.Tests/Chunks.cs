using System.Text;

namespace Tracebloc.Database.Tests;

/// <summary>Chunks of text, as tests write them: null for NULL.</summary>
internal static class Chunks
{
    public static EncodedChunk Of(params IReadOnlyList<string?[]> rows)
    {
        var builder = new ChunkBuilder();
        foreach (var (index, row) in rows.Index())
        {
            foreach (var field in row)
                if (field is null) builder.AddNull();
                else builder.Add(Encoding.UTF8.GetBytes(field));
            builder.EndRow(index + 2);
        }

        return builder.Take();
    }
}
