namespace Tracebloc.ImageRefresh.Records;

/// <summary>
/// The most characters of what this worker writes into an annotation. Longer text was written by another, and is not
/// read: it would end up in reports and logs.
/// </summary>
internal static class RecordLimits
{
    /// <summary>A digest; one of SHA-512 has 135.</summary>
    public const int Digest = 140;

    /// <summary>A count, in digits.</summary>
    public const int Number = 6;

    public const int LargestNumber = 999_999;

    /// <summary>A time in any spelling.</summary>
    public const int Time = 40;

    /// <summary>An error, its ellipsis included.</summary>
    public const int Error = 500;

    /// <summary>A container, or a container and a variable, or a list of platforms.</summary>
    public const int Text = 4096;

    /// <summary>A time, or a count, and what it is about: the longest host name has 253.</summary>
    public const int Pair = 320;

    /// <summary>Three entries of a digest, a count and a time.</summary>
    public const int Refusals = 640;

    /// <summary>Ten entries with reasons in which JSON escapes every character.</summary>
    public const int Quarantine = 32 * 1024;

    /// <summary>The reason of an entry of the quarantine, without its ellipsis.</summary>
    public const int Reason = 400;

    /// <summary>Foreign text in a message about it.</summary>
    public const int Quote = 80;
}
