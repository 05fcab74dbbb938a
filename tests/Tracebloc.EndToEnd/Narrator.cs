using System.Diagnostics;

namespace Tracebloc.EndToEnd;

/// <summary>Says what happens as it happens, and counts the claims. Stories that run at once take turns.</summary>
internal sealed class Narrator(TextWriter output)
{
    private readonly Lock _turn = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<(string Story, string Claim, string? Found)> _claims = [];

    public void Say(string story, string line)
    {
        lock (_turn)
            output.WriteLine($"{_watch.Elapsed:mm\\:ss} {story,-8} {line}");
    }

    /// <summary>Counts it; a claim that does not hold is said with what was found instead.</summary>
    public void Claim(string story, string claim, bool holds, string found)
    {
        Say(story, holds ? $"  ok    {claim}" : $"  WRONG {claim}: {found}");
        lock (_turn)
            _claims.Add((story, claim, holds ? null : found));
    }

    /// <summary>Leaves the claims in a file, a line each, with what was wrong behind a tab, to be counted.</summary>
    /// <returns>Whether all hold.</returns>
    public bool Conclude(string file)
    {
        File.WriteAllLines(file, _claims.Select(claim => $"{claim.Story}: {claim.Claim}"
            + (claim.Found is null ? "" : $"\t{claim.Found.ReplaceLineEndings(" ")}")));
        return _claims.Count > 0 && _claims.All(claim => claim.Found is null);
    }
}
