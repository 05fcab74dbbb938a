namespace Tracebloc.Net;

/// <summary>
/// The environment names a proxy by what is no address; the message has the variable and the remedy, not the value.
/// </summary>
public sealed class ProxyException(string message) : Exception(message);
