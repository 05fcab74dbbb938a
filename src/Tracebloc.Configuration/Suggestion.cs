namespace Tracebloc.Configuration;

/// <summary>Finds what a misspelt word was meant to be.</summary>
public static class Suggestion
{
    /// <summary>The nearest candidate within a third of the word's length; null when none is near.</summary>
    public static string? For(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        var limit = Math.Max(1, (word.Length + 1) / 3) + 1;
        foreach (var candidate in candidates)
        {
            var distance = Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance < limit) (best, limit) = (candidate, distance);
        }

        return best;
    }

    // Levenshtein's distance by rows, with a swap of neighbours counted as the two steps it takes.
    private static int Distance(string left, string right)
    {
        var row = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++) row[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
