using Microsoft.AspNetCore.Http;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>A command that runs in a container of the fake, with its streams.</summary>
public sealed class FakeExecSession
{
    private readonly HttpContext _http;
    private readonly FakeInput _input;

    internal FakeExecSession(HttpContext http, FakeRequest request, FakeChannels channels, FakeInput input)
    {
        (_http, _input, Pod, Protocol) = (http, input, request.Name, channels.Protocol);
        Container = request.Query("container");
        Command = [.. http.Request.Query["command"].OfType<string>()];
        HasInput = request.Query("stdin") is "true" or "1";
        Output = new FakeOutput(channels, FakeCommands.Output);
        Errors = new FakeOutput(channels, FakeCommands.Errors);
    }

    public string Pod { get; }

    /// <summary>Null when the client named none.</summary>
    public string? Container { get; }

    /// <summary>The program and its arguments.</summary>
    public IReadOnlyList<string> Command { get; }

    public bool HasInput { get; }

    /// <summary>The chosen protocol, for example <c>v5.channel.k8s.io</c>.</summary>
    public string Protocol { get; }

    /// <summary>Standard input; in v4 it has no end.</summary>
    public Stream Input => _input.Stream;

    public Stream Output { get; }

    public Stream Errors { get; }

    /// <summary>The bytes of the longest message of input so far, the channel's number included.</summary>
    public int LongestMessage => _input.LongestMessage;

    /// <summary>Thrown by a program that cannot be started: the server reports it in place of an exit code.</summary>
    public Exception Failure(string reason) => FakeStatusException.NotStarted($"{Pod}: {reason}");

    /// <summary>Breaks the connection, as a proxy or a restart of the server does.</summary>
    public void Cut() => _http.Abort();
}
