namespace Tracebloc.Ingestion.Submitting;

/// <summary>The rules of a submission that its client and jobs-manager share.</summary>
public static class SubmissionRules
{
    /// <summary>The most pods of one run.</summary>
    public const int MostPods = 64;

    private const string DigestStart = "sha256:";

    private const int LongestKey = 64, LengthOfDigest = 71;

    /// <summary>True for 1 to 64 letters, digits, dots, underscores and dashes.</summary>
    public static bool IsKey(string? text) => text is { Length: > 0 and <= LongestKey }
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-');

    /// <summary>True for <c>sha256:</c> and 64 small hexadecimal digits.</summary>
    public static bool IsImageDigest(string? text) => text is { Length: LengthOfDigest }
        && text.StartsWith(DigestStart, StringComparison.Ordinal)
        && text[DigestStart.Length..].All(char.IsAsciiHexDigitLower);
}
