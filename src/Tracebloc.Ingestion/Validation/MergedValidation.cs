using Tracebloc.Ingestion.Labels;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>
/// Makes the result of a whole data set out of those of its slices: the one that a single pass gives, with the same
/// faults in the same order, and the same bins, since all values are merged.
/// </summary>
public sealed class MergedValidation : IDisposable
{
    private readonly IngestSpecification _specification;
    private readonly IReadOnlyList<IRowValidator> _validators;
    private readonly ValidationPass _pass;
    private readonly List<FoundSlice> _slices = [];
    private long _lines;

    /// <summary>Begins with the columns.</summary>
    /// <param name="specification">The data set.</param>
    /// <param name="header">The columns of its rows.</param>
    /// <param name="scratch">A folder for scratch files.</param>
    /// <param name="time">The clock.</param>
    public MergedValidation(
        IngestSpecification specification, RecordHeader header, string scratch, TimeProvider time)
    {
        _specification = specification;
        _validators = ValidationRun.InOrder(specification, TableValidators.Of(specification, scratch, time));
        _pass = new(header, _validators);
        _pass.Begin();
    }

    /// <summary>The rows of the slices so far, in their order.</summary>
    public IReadOnlyList<ValidatedPart> Parts => _pass.Parts;

    /// <summary>Adds the next slice, whose records begin where those of the one before end.</summary>
    /// <param name="found">The place of its records.</param>
    /// <param name="state">See <see cref="ValidatedSlice.State"/>.</param>
    /// <returns>False where the whole must be read by one pass: its dates contradict those before.</returns>
    /// <exception cref="InvalidDataException">Another version wrote the state.</exception>
    public bool TryMerge(FoundSlice found, byte[] state)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(state);
        var isMerged = _pass.TryMerge(new(state, _lines), found.End);
        _slices.Add(found);
        _lines += found.Lines;
        return isMerged;
    }

    /// <summary>Adds values of a slice.</summary>
    /// <param name="validator">The name of the validator that they are of.</param>
    /// <param name="chunk">See <see cref="ValidatedSlice.Keys"/>.</param>
    /// <exception cref="IOException">The scratch folder takes no more.</exception>
    /// <exception cref="InvalidDataException">Another version wrote the values.</exception>
    public void AddKeys(string validator, byte[] chunk)
    {
        foreach (var keyed in _validators.OfType<IKeyed>().Where(each => each.Name == validator))
            foreach (var run in KeyChunk.Read(chunk))
                keyed.Keys.Add(run);
    }

    /// <summary>Concludes, after the last slice.</summary>
    /// <param name="open">Opens the rows once more, to find the lines of repeated ids; the mark is null where reading
    /// broke off.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="IOException">The rows or a scratch file cannot be read or written.</exception>
    public async Task<ValidationResult> EndAsync(
        Func<SourceMark?, CancellationToken, Task<RecordReader>> open, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(open);
        _pass.End();
        var mark = _slices.TrueForAll(slice => slice.IsWhole) ? SourceMark.Of(_slices) : null;
        if (_validators.OfType<DataIdValidator>().FirstOrDefault() is { } ids)
            await ids.LocateAsync(again => open(mark, again), _pass.Of(ids), cancellationToken);
        return ValidationRun.Result(_specification, _validators, _pass, []) with { Mark = mark };
    }

    /// <summary>Removes the scratch files.</summary>
    public void Dispose()
    {
        foreach (var validator in _validators.OfType<IDisposable>()) validator.Dispose();
    }
}
