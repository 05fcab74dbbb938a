using System.Diagnostics;

namespace Tracebloc.EndToEnd;

/// <summary>Says what happens as it happens, and counts the claims. Stories that run at once take turns.</summary>
internal sealed class Narrator(TextWriter output)
{
    private readonly Lock _turn = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<string> _failed = [];
    private int _passed;

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
        {
            if (holds)
                _passed++;
            else
                _failed.Add($"{story}: {claim}: {found}");
        }
    }

    /// <summary>What was wrong, and the counts as the last line.</summary>
    /// <returns>Whether all claims hold.</returns>
    public bool Conclude()
    {
        foreach (var claim in _failed)
            output.WriteLine($"Failed: {claim}");
        output.WriteLine($"{_passed} passed, {_failed.Count} failed, 0 skipped");
        return _failed.Count == 0 && _passed > 0;
    }
}
