using System.Text.RegularExpressions;

namespace Tracebloc.ChartUpgrade;

/// <summary>
/// A version as helm reads and orders it: SemVer 2, with an optional <c>v</c>, and without a minor or patch number if
/// these are 0 (https://github.com/Masterminds/semver, NewVersion). Numbers have any length: charts carry dates.
/// </summary>
internal sealed partial class ChartVersion : IComparable<ChartVersion>
{
    private readonly string _text;
    private readonly string[] _numbers;
    private readonly string[] _prerelease;

    private ChartVersion(string text, Match match)
    {
        _text = text;
        _numbers = [.. match.Groups["number"].Captures.Select(number => number.Value), "0", "0"];
        _prerelease = match.Groups["prerelease"] is { Success: true, Value: var labels } ? labels.Split('.') : [];
        IsFull = match.Groups["number"].Captures.Count == 3;
    }

    public bool IsPrerelease => _prerelease.Length > 0;

    /// <summary>True when major, minor and patch number are all given.</summary>
    public bool IsFull { get; }

    public string Major => _numbers[0];

    /// <returns>Null where helm would not take the text for a version either.</returns>
    public static ChartVersion? Parse(string text) =>
        Pattern().Match(text) is { Success: true } match ? new(text, match) : null;

    /// <summary>By precedence, which build metadata has no part in (https://semver.org/#spec-item-11).</summary>
    public int CompareTo(ChartVersion? other)
    {
        if (other is null) return 1;
        for (var index = 0; index < 3; index++)
            if (CompareNumbers(_numbers[index], other._numbers[index]) is not 0 and var order) return order;
        // A release is newer than its prereleases.
        if (IsPrerelease != other.IsPrerelease) return IsPrerelease ? -1 : 1;
        foreach (var (own, others) in _prerelease.Zip(other._prerelease))
            if (CompareLabels(own, others) is not 0 and var order) return order;
        return _prerelease.Length.CompareTo(other._prerelease.Length);
    }

    /// <summary>The version as the repository or helm's history spells it.</summary>
    public override string ToString() => _text;

    private static int CompareLabels(string own, string others) => (IsNumber(own), IsNumber(others)) switch
    {
        (true, true) => CompareNumbers(own, others),
        (true, false) => -1,
        (false, true) => 1,
        _ => string.CompareOrdinal(own, others),
    };

    private static bool IsNumber(string label) => label.All(char.IsAsciiDigit);

    private static int CompareNumbers(string own, string others)
    {
        (own, others) = (own.TrimStart('0'), others.TrimStart('0'));
        return own.Length == others.Length ? string.CompareOrdinal(own, others) : own.Length.CompareTo(others.Length);
    }

    [GeneratedRegex(
        @"^v?(?<number>[0-9]+)(\.(?<number>[0-9]+)){0,2}"
        + @"(-(?<prerelease>[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*))?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
