namespace Tracebloc.Hosting;

/// <summary>An address cannot be listened on; the message names it and the remedy.</summary>
public sealed class ListenException(string message, Exception inner) : Exception(message, inner);
