namespace Tracebloc.Ingestion.Validation;

/// <summary>
/// Collects the faults of files that several threads look at in any order. It keeps the first by name, so that every
/// run reports the same ones.
/// </summary>
internal sealed class FilesFindings
{
    private readonly Lock _lock = new();
    private readonly SortedSet<Finding> _first = new(new ByPlace());
    private readonly SortedDictionary<string, (long Count, string First)> _notes = new(StringComparer.Ordinal);
    private long _total;

    /// <summary>True where a folder could not be listed to its end.</summary>
    public bool IsBroken { get; set; }

    /// <summary>The number of faults.</summary>
    public long Total => Interlocked.Read(ref _total);

    /// <summary>Adds a fault of a file, or of a place in it.</summary>
    public void Add(string file, string message, long line = 0, int column = 0)
    {
        lock (_lock)
        {
            _total++;
            Keep(new(file, line, column, null, message));
        }
    }

    /// <summary>Counts a remark that fails nothing.</summary>
    /// <param name="text">Describes the files, before their number: <c>Files with …</c>.</param>
    /// <param name="file">One of them.</param>
    public void Note(string text, string file)
    {
        lock (_lock) Note(text, 1, file);
    }

    /// <summary>Writes everything, once all threads have ended.</summary>
    public void Save(StateWriter to)
    {
        to.Write(IsBroken);
        to.Write(_total);
        to.Write(_first.Count);
        foreach (var finding in _first) to.Write(finding);
        to.Write(_notes.Count);
        foreach (var (text, (count, first)) in _notes)
        {
            to.Write(text);
            to.Write(count);
            to.Write(first);
        }
    }

    /// <summary>Adds everything that was found of other files.</summary>
    public void Merge(StateReader from)
    {
        IsBroken |= from.Flag();
        var (total, first) = (from.Number(), from.Number());
        for (var i = 0; i < first; i++)
            if (from.Finding() is { } finding) Keep(finding);
        _total += total;
        for (var notes = from.Number(); notes > 0; notes--) Note(from.Text() ?? "", from.Number(), from.Text() ?? "");
    }

    /// <summary>Hands everything over, once all threads have ended.</summary>
    public void Flush(Findings findings)
    {
        foreach (var finding in _first) findings.Add(finding);
        findings.AddUnnamed(_total - _first.Count);
        foreach (var (text, (count, first)) in _notes) findings.Note($"{text}: {count:N0}; first: {first}");
    }

    private void Keep(Finding finding)
    {
        _first.Add(finding);
        if (_first.Count > Findings.Kept && _first.Max is { } last) _first.Remove(last);
    }

    private void Note(string text, long more, string file)
    {
        var (count, first) = _notes.GetValueOrDefault(text, (0, file));
        _notes[text] = (count + more, string.CompareOrdinal(file, first) < 0 ? file : first);
    }

    private sealed class ByPlace : IComparer<Finding>
    {
        public int Compare(Finding? x, Finding? y)
        {
            if (x is null || y is null) return (x is null ? 0 : 1) - (y is null ? 0 : 1);
            var order = string.CompareOrdinal(x.File, y.File);
            if (order == 0) order = x.Line.CompareTo(y.Line);
            if (order == 0) order = x.Column.CompareTo(y.Column);
            return order == 0 ? string.CompareOrdinal(x.Message, y.Message) : order;
        }
    }
}
