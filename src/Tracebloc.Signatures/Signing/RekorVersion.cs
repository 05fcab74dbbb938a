namespace Tracebloc.Signatures.Signing;

/// <summary>The version of a transparency log's API.</summary>
public enum RekorVersion
{
    /// <summary>Rekor: <c>/api/v1/log/entries</c>, an entry of kind dsse 0.0.1, with a time of its own.</summary>
    V1,

    /// <summary>
    /// Rekor v2 (rekor-tiles): <c>/api/v2/log/entries</c>, an entry of kind hashedrekord 0.0.2, which proves no time.
    /// cosign before 3.0.5 does not verify it without flags (sigstore/cosign #4738).
    /// </summary>
    V2,
}
