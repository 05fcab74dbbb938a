namespace Tracebloc.Testing;

/// <summary>Looks for secrets in what left a program.</summary>
/// <param name="secrets">The secrets, beside every <see cref="Canary"/>.</param>
public sealed class LeakScan(params IReadOnlyList<Canary> secrets)
{
    private readonly List<string> _leaks = [];

    /// <param name="place">Where the text was found, for the message.</param>
    /// <param name="text">The text.</param>
    /// <param name="owned">Secrets that belong there.</param>
    public LeakScan Look(string place, string text, params IReadOnlyList<Canary> owned)
    {
        var found = secrets.Where(secret => !owned.Contains(secret) && secret.IsIn(text)).ToList();
        _leaks.AddRange(found.Select(secret => $"{place} holds the secret of {secret.Place}"));
        if (found.Count == 0 && owned.Count == 0 && Canary.Any.IsIn(text))
            _leaks.Add($"{place} holds a secret");
        return this;
    }

    /// <exception cref="InvalidOperationException">A secret was found; the message names the places.</exception>
    public void AssertNone()
    {
        if (_leaks.Count > 0)
            throw new InvalidOperationException(string.Join('\n', _leaks));
    }
}
