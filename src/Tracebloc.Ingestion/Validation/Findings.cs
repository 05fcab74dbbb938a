namespace Tracebloc.Ingestion.Validation;

/// <summary>The findings of one validator: the first few, and the number of all. Serves one thread at a time.</summary>
/// <param name="validator">The name of the validator, as messages write it: <c>ImageResolution</c>.</param>
public sealed class Findings(string validator)
{
    /// <summary>The findings that a validator keeps.</summary>
    public const int Kept = 20;

    private readonly List<Finding> _first = [];
    private readonly List<string> _notes = [];

    /// <summary>The name of the validator.</summary>
    public string Validator => validator;

    /// <summary>The number of all faults.</summary>
    public long Total { get; private set; }

    /// <summary>The first faults.</summary>
    public IReadOnlyList<Finding> First => _first;

    /// <summary>Remarks that fail nothing.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Counts a fault.</summary>
    /// <returns>True where it is one of the first: then its text is made, for <see cref="Keep"/>.</returns>
    public bool Count() => Total++ < Kept;

    /// <summary>Keeps the fault that was counted last.</summary>
    public void Keep(Finding finding) => _first.Add(finding);

    /// <summary>Counts a fault, and keeps it where it is one of the first.</summary>
    public void Add(Finding finding)
    {
        if (Count()) Keep(finding);
    }

    /// <summary>Adds faults that are not described one by one.</summary>
    public void AddUnnamed(long count) => Total += count;

    /// <summary>Adds a remark that fails nothing.</summary>
    public void Note(string text) => _notes.Add(text);
}
