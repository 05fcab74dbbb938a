namespace Tracebloc.Signatures.Signing;

/// <summary>The services that take part in a signature.</summary>
public sealed record SigningServices
{
    /// <summary>The certificate authority; needed without a key.</summary>
    public Uri? Fulcio { get; init; }

    /// <summary>The transparency log; null: the signature is not logged.</summary>
    public Uri? Rekor { get; init; }

    /// <summary>The version of the log's API.</summary>
    public RekorVersion RekorVersion { get; init; } = RekorVersion.V1;

    /// <summary>
    /// The timestamp authority; null: none. <c>/api/v1/timestamp</c> is appended to an address without a path.
    /// </summary>
    public Uri? TimestampAuthority { get; init; }

    /// <summary>The way to all of them.</summary>
    public ServiceConnection Connection { get; init; } = new();

    /// <summary>The reason why no signature could be made with them, or null.</summary>
    /// <param name="isKeyless">True where an identity signs, not a key.</param>
    public string? FaultFor(bool isKeyless) =>
        isKeyless && Fulcio is null ? "Fulcio is missing: without a key, set its URL"
        : isKeyless && Rekor is null && TimestampAuthority is null
            ? "A proof of time is missing: set the URL of Rekor or of a timestamp authority"
        : isKeyless && Rekor is not null && RekorVersion == RekorVersion.V2 && TimestampAuthority is null
            ? "The timestamp authority is missing: Rekor v2 proves no time, so set the URL of one"
        : FaultOf("Fulcio", Fulcio) ?? FaultOf("Rekor", Rekor) ?? FaultOf("timestamp authority", TimestampAuthority);

    private static string? FaultOf(string service, Uri? address) =>
        address is null or { IsAbsoluteUri: true, Scheme: "http" or "https" }
            ? null
            : $"The URL of the {service} is not http or https: give it in full";
}
