namespace Tracebloc.Signatures.Signing;

/// <summary>A signature could not be made. The message never holds the identity token or a key.</summary>
/// <param name="message">The part that failed, the reason, and the remedy.</param>
/// <param name="service">The service that failed; null where none was asked.</param>
/// <param name="isTransient">True where a later attempt may succeed.</param>
public sealed class SigningException(string message, Uri? service = null, bool isTransient = false) : Exception(message)
{
    /// <summary>The service that failed; null where none was asked.</summary>
    public Uri? Service { get; } = service;

    /// <summary>True where a later attempt may succeed.</summary>
    public bool IsTransient { get; } = isTransient;
}
