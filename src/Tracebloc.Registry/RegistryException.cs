namespace Tracebloc.Registry;

/// <summary>
/// A registry cannot be asked at all; what it answers is a <see cref="Answer"/>, not an exception.
/// </summary>
public sealed class RegistryException : Exception
{
    internal RegistryException(Verdict code, string host, string message, Exception? cause = null)
        : base(message, cause)
    {
        Code = code;
        Host = host;
    }

    /// <summary>The kind of failure.</summary>
    public Verdict Code { get; }

    /// <summary>The host that was to be asked.</summary>
    public string Host { get; }

    /// <summary>True when a later retry can succeed with nothing changed.</summary>
    public bool IsTransient => Code is Verdict.Transient or Verdict.Limited;
}
