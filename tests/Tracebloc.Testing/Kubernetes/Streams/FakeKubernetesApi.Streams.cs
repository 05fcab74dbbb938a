using System.Text;

namespace Tracebloc.Testing.Kubernetes;

/// <remarks>Commands, ports and logs of pods.</remarks>
public sealed partial class FakeKubernetesApi
{
    /// <summary>Decides what commands in pods do; without it every one is an error of the test.</summary>
    /// <param name="program">Reads and writes the streams and returns the exit code; null: the connection closes
    /// without a result. The token ends when the client has left.</param>
    public void OnExec(Func<FakeExecSession, CancellationToken, Task<int?>> program) =>
        _parts.Commands.Program = program;

    /// <summary>The same for commands that read all of their input before they write.</summary>
    public void OnExec(Func<FakeExec, FakeExecResult> command) => OnExec(async (session, token) =>
    {
        using var reader = new StreamReader(session.Input);
        var input = session.HasInput ? await reader.ReadToEndAsync(token) : "";
        var result = command(new FakeExec(session.Pod, session.Container, session.Command, input));
        if (result.Output.Length > 0) await session.Output.WriteAsync(Encoding.UTF8.GetBytes(result.Output), token);
        if (result.Errors.Length > 0) await session.Errors.WriteAsync(Encoding.UTF8.GetBytes(result.Errors), token);
        return result.ExitCode;
    });

    /// <summary>A port of a pod leads to a port of this machine; all others refuse connections.</summary>
    public void Forward(string pod, int port, int target) => _parts.Forwards.Add(pod, port, target);

    /// <summary>A container writes to its log.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="text">A line without its end.</param>
    /// <param name="time">The time at which the node reads it; null: now, by the options' clock.</param>
    /// <param name="container">The container; null: the first.</param>
    /// <param name="end">The line's end; empty for one that is not finished.</param>
    public void Log(
        string pod, string text, DateTimeOffset? time = null, string? container = null, string end = "\n")
    {
        lock (Gate) _parts.Logs.Add(Pod(pod, null), container, time ?? _options.Time.GetUtcNow(), text + end);
    }

    /// <summary>Ends every log that is being followed, as servers do after some hours.</summary>
    public void EndLogs() => _parts.Logs.End();

    /// <summary>Breaks the connections of all commands, ports and logs.</summary>
    public void CutStreams() => _parts.Cut();

    /// <summary>An authorizer fails from now on: no answer to a question for rights is a certain "no".</summary>
    public void FailReviews(string error) => _access.Undecided = error;
}
