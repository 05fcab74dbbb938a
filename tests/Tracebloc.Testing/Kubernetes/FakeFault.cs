namespace Tracebloc.Testing.Kubernetes;

/// <summary>The fault of a call.</summary>
public sealed class FakeFault
{
    private FakeFault() { }

    internal FakeStatusException? Answer { get; private init; }

    internal string? RawAnswer { get; private init; }

    internal int RawStatus { get; private init; }

    internal Task? BreaksOff { get; private init; }

    internal bool DropsBefore { get; private init; }

    internal bool DropsAfter { get; private init; }

    internal Func<FakeCall, CancellationToken, Task>? Before { get; private init; }

    internal Func<FakeCall, CancellationToken, Task>? After { get; private init; }

    /// <summary>The connection breaks before the server looked at the request.</summary>
    public static FakeFault DropBefore { get; } = new() { DropsBefore = true };

    /// <summary>The request is carried out, and the connection breaks before the answer.</summary>
    public static FakeFault DropAfter { get; } = new() { DropsAfter = true };

    /// <summary>The server answers with a failure and does nothing.</summary>
    public static FakeFault Status(
        int code, string reason = "", string message = "scripted", int? retryAfterSeconds = null) =>
        new() { Answer = new FakeStatusException(code, reason, message) { RetryAfterSeconds = retryAfterSeconds } };

    /// <summary>Something that is not the API server answers, a proxy for one.</summary>
    public static FakeFault Raw(int status, string body) => new() { RawStatus = status, RawAnswer = body };

    /// <summary>
    /// A part of an answer, of a watch for one; the connection breaks when the task completes, before which the test
    /// has seen the part arrive: what is on the way when a connection breaks may be lost.
    /// </summary>
    public static FakeFault BreakOff(string body, Task signal) =>
        new() { RawStatus = 200, RawAnswer = body, BreaksOff = signal };

    /// <summary>The request is held until the task completes, then carried out.</summary>
    public static FakeFault Until(Task signal) => new() { Before = (_, token) => signal.WaitAsync(token) };

    /// <summary>Something happens between the request's arrival and its being carried out.</summary>
    public static FakeFault First(Func<FakeCall, Task> action) => new() { Before = (call, _) => action(call) };

    /// <summary>Something happens between the request's being carried out and the answer.</summary>
    public static FakeFault Then(Func<FakeCall, Task> action) => new() { After = (call, _) => action(call) };
}
