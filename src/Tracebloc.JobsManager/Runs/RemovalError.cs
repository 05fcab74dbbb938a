using System.Text.RegularExpressions;

namespace Tracebloc.JobsManager.Runs;

/// <summary>The end of a run's error, which is about the removal of what the run wrote.</summary>
internal static partial class RemovalError
{
    private const string Waits = "waits", Failed = "failed";

    /// <summary>The error of a run whose removal does not begin; without a reason, of one that does.</summary>
    public static string? Waiting(string? error, string? reason) =>
        reason is null ? Own(error) : With(error, Waits, reason);

    /// <summary>The error of a run whose removal has failed.</summary>
    public static string OfFailed(string? error, string reason) => With(error, Failed, reason);

    /// <summary>The reason for which the removal does not begin; null where it does.</summary>
    public static string? ReasonOfWait(string? error) =>
        Removal().Match(error ?? "") is { Success: true } match && match.Groups["word"].Value == Waits
            ? match.Groups["reason"].Value : null;

    /// <summary>The error of the run alone.</summary>
    public static string? Own(string? error) => error is null || Removal().Match(error) is not { Success: true } match
        ? error
        : match.Index == 0 ? null : error[..match.Index];

    private static string With(string? error, string word, string reason) =>
        Own(error) is { } own ? $"{own}; the removal {word}: {reason}" : $"Removal {word}: {reason}";

    [GeneratedRegex(@"(?:^R|; the r)emoval (?<word>waits|failed): (?<reason>.*)\z", RegexOptions.Singleline)]
    private static partial Regex Removal();
}
