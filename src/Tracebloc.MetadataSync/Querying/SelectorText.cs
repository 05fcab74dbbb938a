namespace Tracebloc.MetadataSync.Querying;

/// <summary>Selectors of a request's query.</summary>
internal static class SelectorText
{
    /// <exception cref="QueryException">It is malformed.</exception>
    public static LabelSelector Labels(string? text) => text is null ? LabelSelector.Everything
        : LabelSelectorReader.TryRead(text, out var selector, out var fault) ? selector
        : throw QueryException.BadRequest($"labelSelector {fault}");

    /// <exception cref="QueryException">It is malformed.</exception>
    public static FieldSelector Fields(string? text) => text is null ? FieldSelector.Everything
        : FieldSelectorReader.TryRead(text, out var selector, out var fault) ? selector
        : throw QueryException.BadRequest($"fieldSelector {fault}");
}
