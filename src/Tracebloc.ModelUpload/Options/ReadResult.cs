using Tracebloc.Configuration;

namespace Tracebloc.ModelUpload.Options;

/// <summary>A request, or all that is wrong with the options, credentials and metadata for it.</summary>
internal sealed record ReadResult
{
    /// <summary>Null where there is an error.</summary>
    public UploadRequest? Request { get; init; }

    /// <summary>Whole sentences: place, fault, remedy.</summary>
    public required IReadOnlyList<string> Errors { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The texts that no message may show, also where there is no request.</summary>
    public required IReadOnlyList<Secret> Secrets { get; init; }
}
