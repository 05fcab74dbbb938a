namespace Tracebloc.ModelUpload.Registering;

/// <summary>A run as the registry's entries name it.</summary>
/// <param name="Key">From <see cref="RunKey"/>.</param>
internal sealed record RunIdentity(string Key)
{
    /// <summary>The author of versions whose metadata names none.</summary>
    public string? Author { get; init; }

    /// <summary>The Job's namespace, where it is known.</summary>
    public string? JobNamespace { get; init; }

    /// <summary>The Job's name, where it is known.</summary>
    public string? JobName { get; init; }
}
