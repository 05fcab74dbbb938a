using Microsoft.AspNetCore.Http;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>A command that a client runs in a container.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Container">The container; null when the client named none.</param>
/// <param name="Command">The program and its arguments.</param>
/// <param name="Input">All of its standard input.</param>
public sealed record FakeExec(string Pod, string? Container, IReadOnlyList<string> Command, string Input)
{
    private const string V5 = "v5.channel.k8s.io";

    private static readonly string[] Protocols = ["v4.channel.k8s.io", "v3.channel.k8s.io", "channel.k8s.io"];

    /// <summary>True for a request for a command in a pod.</summary>
    internal static bool IsAsked(HttpContext http) =>
        http.WebSockets.IsWebSocketRequest && Place(http) is not null;

    /// <summary>The namespace and the name of the pod.</summary>
    internal static (string Namespace, string Pod)? Place(HttpContext http) =>
        http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries)
            is ["api", "v1", "namespaces", var ns, "pods", var pod, "exec"] ? (ns, pod) : null;

    /// <summary>The first protocol of the client that the server speaks; null when it speaks none of them.</summary>
    internal static string? Negotiate(FakeServerVersion version, IList<string> wanted) =>
        wanted.FirstOrDefault(one => Protocols.Contains(one) || (one == V5 && version.SpeaksChannelV5));

    /// <summary>True where the client can end standard input, as it can since v5.</summary>
    internal static bool CanEndInput(string protocol) => protocol == V5;
}

/// <summary>The outcome of a command.</summary>
/// <param name="ExitCode">0 to 255.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
public sealed record FakeExecResult(int ExitCode, string Output = "", string Errors = "");
