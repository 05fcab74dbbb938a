using Tracebloc.Ingestion.Labels;
using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Everything about a slice that its merge needs.</summary>
public sealed class ValidatedSlice : IDisposable
{
    private readonly IReadOnlyList<IRowValidator> _validators;

    internal ValidatedSlice(FoundSlice found, ValidationPass pass, IReadOnlyList<IRowValidator> validators) =>
        (Found, State, _validators) = (found, pass.Save(), validators);

    /// <summary>The place of its records.</summary>
    public FoundSlice Found { get; }

    /// <summary>Faults, counts and remarks, for <see cref="MergedValidation.TryMerge"/>.</summary>
    public byte[] State { get; }

    /// <summary>The sorted values of columns by the name of their validator, for bins and ids: chunks for
    /// <see cref="MergedValidation.AddKeys"/>.</summary>
    public IEnumerable<KeyValuePair<string, byte[]>> Keys =>
        from keyed in _validators.OfType<IKeyed>()
        from chunk in KeyChunk.Write(keyed.Keys.Sorted())
        select KeyValuePair.Create(keyed.Name, chunk);

    /// <summary>Removes the scratch files.</summary>
    public void Dispose()
    {
        foreach (var validator in _validators.OfType<IDisposable>()) validator.Dispose();
    }
}
