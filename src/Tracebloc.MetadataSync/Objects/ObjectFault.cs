namespace Tracebloc.MetadataSync.Objects;

/// <summary>The reason for which an object cannot be mirrored, and its identity as far as it was read.</summary>
/// <param name="Kind">The kind as manifests write it.</param>
/// <param name="Field">The member that is wrong, <c>metadata.uid</c>; empty for the object as a whole.</param>
/// <param name="Problem">The rest of the sentence: <c>is missing</c>.</param>
internal sealed record ObjectFault(string Kind, string Field, string Problem)
{
    /// <summary>Empty where it was not read.</summary>
    public string Uid { get; init; } = "";

    /// <inheritdoc cref="Uid"/>
    public string Namespace { get; init; } = "";

    /// <inheritdoc cref="Uid"/>
    public string Name { get; init; } = "";

    /// <summary>0 where it was not read.</summary>
    public ulong Version { get; init; }

    /// <summary>One line: <c>Model team-a/churn: metadata.uid is missing</c>.</summary>
    public string Message => $"{Kind} {ObjectPath.Of(Namespace, Name)}: {Sentence}";

    private string Sentence => Field.Length == 0 ? Problem : $"{Field} {Problem}";
}
