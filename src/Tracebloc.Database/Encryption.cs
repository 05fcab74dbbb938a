namespace Tracebloc.Database;

/// <summary>The protection of a connection.</summary>
public enum Encryption
{
    /// <summary>None: the server offers no TLS.</summary>
    None,

    /// <summary>TLS, with a certificate that was not verified.</summary>
    Unverified,

    /// <summary>TLS, with a certificate by the given authorities.</summary>
    Verified,
}
