using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Tracebloc.Signatures;

/// <summary>
/// The state of a log at one time, signed by it: a checkpoint in a signed note (C2SP tlog-checkpoint and signed-note).
/// </summary>
internal sealed record Checkpoint
{
    private const string SignatureStart = "\u2014 ";

    // A log signs once, or twice while it changes its key; each line that claims to be the log's costs a verification
    // of the whole text.
    private const int MaxOwnLines = 4;

    /// <summary>The number of entries in the log.</summary>
    public required long Size { get; init; }

    public required byte[] Root { get; init; }

    /// <summary>The checkpoint, if the log's key signed it; else null and the reason.</summary>
    public static Checkpoint? Open(string envelope, TransparencyLog log, out string? fault)
    {
        var end = envelope.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = end < 0 ? [] : envelope[..end].Split('\n');
        if (lines is not [var origin, var size, var root, ..]
            || !long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || !Base64.IsValid(root))
        {
            fault = "the log's checkpoint cannot be read";
            return null;
        }
        var isSigned = IsSigned(envelope[..(end + 1)], envelope[(end + 2)..], origin, log);
        fault = isSigned ? null : "the log's checkpoint is not signed by the log";
        return isSigned ? new Checkpoint { Size = count, Root = Convert.FromBase64String(root) } : null;
    }

    /// <summary>
    /// True when one of the signature lines is the log's. Witnesses' lines are skipped: the trust root names none.
    /// </summary>
    private static bool IsSigned(string text, string signatures, string origin, TransparencyLog log)
    {
        var signed = Encoding.UTF8.GetBytes(text);
        var own = 0;
        foreach (var line in signatures.Split('\n'))
        {
            if (!line.StartsWith(SignatureStart, StringComparison.Ordinal)
                || line[SignatureStart.Length..].Split(' ') is not [var name, var encoded]
                || !IsOf(name, origin) || !Base64.IsValid(encoded))
                continue;
            var signature = Convert.FromBase64String(encoded).AsSpan();
            if (!signature.StartsWith(log.Hint))
                continue;
            if (log.Verifies(signed, signature[TransparencyLog.HintSize..]))
                return true;
            if (++own == MaxOwnLines)
                return false;
        }
        return false;
    }

    // Rekor's origin is its host and the number of the tree; Rekor v2's is the host alone.
    private static bool IsOf(string name, string origin) =>
        origin == name || origin.StartsWith($"{name} - ", StringComparison.Ordinal);
}
