using Tracebloc.ModelUpload.Options;

namespace Tracebloc.ModelUpload.Registering;

/// <summary>The registry's entries of an intent before the transfer.</summary>
internal sealed record RegistryObservation
{
    public required UploadIntent Intent { get; init; }

    /// <summary>The model: the named one, or this run's own; null where it is still to be created.</summary>
    public RegistryEntry? Model { get; init; }

    /// <summary>The same of the version.</summary>
    public RegistryEntry? Version { get; init; }

    /// <summary>The same of the artifact.</summary>
    public RegistryEntry? Artifact { get; init; }

    /// <summary>Remarks that do not stop the run.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The calls that will change the registry, as <c>PATCH /model_artifacts/6 state=PENDING</c>.</summary>
    public IReadOnlyList<string> Calls { get; init; } = [];
}
