namespace Tracebloc.Testing.Kubernetes;

/// <summary>A command that a client runs in a container.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Container">The container; null when the client named none.</param>
/// <param name="Command">The program and its arguments.</param>
/// <param name="Input">All of its standard input.</param>
public sealed record FakeExec(string Pod, string? Container, IReadOnlyList<string> Command, string Input);

/// <summary>The outcome of a command.</summary>
/// <param name="ExitCode">0 to 255.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
public sealed record FakeExecResult(int ExitCode, string Output = "", string Errors = "");
