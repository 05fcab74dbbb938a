namespace Tracebloc.Registry;

/// <summary>The outcome of a request to a registry. All but <see cref="Ok"/> carry a message with the remedy.</summary>
public enum Verdict
{
    /// <summary>The digest is known.</summary>
    Ok,

    /// <summary>The registry answered that there is no such repository or tag.</summary>
    NotFound,

    /// <summary>The registry or its token server refused the credentials, or their absence.</summary>
    Auth,

    /// <summary>A rate limit is used up; <see cref="Answer.RetryAt"/> has its end.</summary>
    Limited,

    /// <summary>
    /// No answer, or a server-side error that was still there after the retries: worth asking again later.
    /// </summary>
    Transient,

    /// <summary>
    /// An answer that no registry should give, such as a sign-in page or a body that belies its digest.
    /// </summary>
    Invalid,

    /// <summary>
    /// Nothing that time will heal: an unknown host, an untrusted certificate, an unreadable CA file.
    /// </summary>
    Config,
}
