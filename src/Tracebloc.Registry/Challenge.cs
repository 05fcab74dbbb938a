namespace Tracebloc.Registry;

/// <summary>
/// A way to authorize that a 401 offers (RFC 9110 section 11.6.1, the token protocol of the distribution project). A
/// parameter that is missing or empty is null; those that no registry client acts upon are dropped.
/// </summary>
internal sealed record Challenge
{
    private const int MaxLine = 8 * 1024;

    /// <summary>As sent; schemes are compared without regard to case, see <see cref="Is"/>.</summary>
    public required string Scheme { get; init; }

    /// <summary>For Bearer the token server's URL, possibly a relative one; for Basic a text for people.</summary>
    public string? Realm { get; init; }

    /// <summary>The name to give the token server as <c>service</c>; to be left out when null.</summary>
    public string? Service { get; init; }

    /// <summary>The scope that the registry asks for, <c>repository:o/n:pull</c>; GHCR sends a placeholder.</summary>
    public string? Scope { get; init; }

    /// <summary>True when this is the scheme named, in any case.</summary>
    public bool Is(string scheme) => Scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The challenges of all <c>WWW-Authenticate</c> lines in the order sent, several to a line or one to each.
    /// Malformed ones are skipped: a challenge that cannot be used is for the caller to report, by what it lacks. So is
    /// a line over 8 KiB: none that a registry means is as long.
    /// </summary>
    public static IReadOnlyList<Challenge> Parse(IEnumerable<string> headerLines)
    {
        var challenges = new List<Challenge>();
        foreach (var line in headerLines.Where(line => line.Length <= MaxLine))
        {
            var reader = new ChallengeReader(line);
            while (reader.Read(out var word, out var value))
            {
                if (value is null)
                {
                    challenges.Add(new Challenge { Scheme = word.ToString() });
                    reader.SkipToken68();
                }
                else if (challenges.Count > 0)
                    challenges[^1] = challenges[^1].With(word, value);
            }
        }
        return challenges;
    }

    // A name must not occur twice (RFC 9110 section 11.2); where one does, what came first holds.
    private Challenge With(ReadOnlySpan<char> name, string value)
    {
        if (value.Length == 0)
            return this;
        if (name.Equals("realm", StringComparison.OrdinalIgnoreCase))
            return this with { Realm = Realm ?? value };
        if (name.Equals("service", StringComparison.OrdinalIgnoreCase))
            return this with { Service = Service ?? value };
        return name.Equals("scope", StringComparison.OrdinalIgnoreCase) ? this with { Scope = Scope ?? value } : this;
    }
}
