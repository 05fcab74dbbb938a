using System.Buffers;

namespace Tracebloc.Ingestion.Labels;

/// <summary>
/// Sorted values with the numbers of their rows as bytes, each chunk for itself: of a value its distance from the one
/// before, then its rows.
/// </summary>
public static class KeyChunk
{
    /// <summary>The bytes of a chunk at most.</summary>
    public const int Longest = 256 << 10;

    /// <summary>Writes values.</summary>
    /// <param name="sorted">The distinct values in ascending order.</param>
    public static IEnumerable<byte[]> Write(IEnumerable<KeyRun> sorted)
    {
        ArgumentNullException.ThrowIfNull(sorted);
        var (chunk, last) = (new ArrayBufferWriter<byte>(), 0UL);
        foreach (var run in sorted)
        {
            if (chunk.WrittenCount > Longest - 2 * SevenBits.Longest)
            {
                yield return chunk.WrittenSpan.ToArray();
                chunk.ResetWrittenCount();
                last = 0;
            }

            SevenBits.Write(chunk, run.Key - last);
            SevenBits.Write(chunk, (ulong)run.Count);
            last = run.Key;
        }

        if (chunk.WrittenCount > 0) yield return chunk.WrittenSpan.ToArray();
    }

    /// <summary>Reads a chunk.</summary>
    /// <exception cref="InvalidDataException">The bytes are none that <see cref="Write"/> wrote.</exception>
    public static IEnumerable<KeyRun> Read(byte[] chunk)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        var (at, key) = (0, 0UL);
        while (at < chunk.Length)
        {
            key += SevenBits.Read(chunk, ref at);
            yield return new(key, (long)SevenBits.Read(chunk, ref at));
        }
    }
}
