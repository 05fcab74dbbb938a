using Tracebloc.Net;

namespace Tracebloc.Registry.Pushing;

/// <summary>A body that can be sent several times, as challenges and retries need.</summary>
internal abstract class RequestBody
{
    // Below, sending the body costs less than the wait for the server's word that it wants it.
    private const long Large = 1 << 20;

    /// <summary>The length in bytes; null sends it with chunked transfer encoding.</summary>
    public abstract long? Length { get; }

    /// <summary>
    /// True where the server is asked before the body goes out (<c>Expect: 100-continue</c>): a 401 or 413 then costs
    /// nothing.
    /// </summary>
    public bool IsLarge => Length is null or >= Large;

    /// <param name="deadline">The deadline of the call, which the body moves while it is sent.</param>
    public abstract HttpContent ToContent(Deadline deadline);
}
