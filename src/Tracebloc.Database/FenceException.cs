namespace Tracebloc.Database;

/// <summary>Another run owns the table: this one must end without touching anything.</summary>
public sealed class FenceException(string message) : Exception(message);
