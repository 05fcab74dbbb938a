using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Counts the cells of a column that become NULL, by the word that stands for it.</summary>
/// <param name="column">The column.</param>
/// <param name="words">The words.</param>
public sealed class NullCounter(string column, NullWords words)
{
    private readonly long[] _counts = new long[words.All.Count];

    /// <summary>Counts a cell.</summary>
    /// <param name="word">See <see cref="CellOutput.NullWord"/>.</param>
    public void Add(int word) => _counts[word]++;

    internal void Save(StateWriter to)
    {
        foreach (var count in _counts) to.Write(count);
    }

    internal void Merge(StateReader from)
    {
        for (var word = 0; word < _counts.Length; word++) _counts[word] += from.Number();
    }

    /// <summary>The counts; null where no cell became NULL.</summary>
    public ColumnNulls? Report()
    {
        var found = words.All.Zip(_counts, KeyValuePair.Create).Where(word => word.Value > 0)
            .OrderByDescending(word => word.Value).ToList();
        return found.Count == 0 ? null : new(column, found);
    }
}
