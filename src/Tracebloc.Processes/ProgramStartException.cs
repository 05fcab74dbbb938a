namespace Tracebloc.Processes;

/// <summary>A program cannot be started; the message names its file and the reason.</summary>
public sealed class ProgramStartException(string message, Exception inner) : Exception(message, inner);
