using System.Net.Http.Headers;
using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

/// <summary>One request, in the words of RBAC; may be sent several times.</summary>
internal sealed record KubernetesRequest(string Verb, HttpMethod Method, ResourceType Type, string? Namespace)
{
    internal string? Name { get; init; }

    /// <summary>A part of the object with a path of its own, for example <c>exec</c> of a pod; null for none.</summary>
    internal string? Subresource { get; init; }

    /// <summary>The protocols to change to; null for a request that is answered over HTTP.</summary>
    internal WebSocketUpgrade? Upgrade { get; init; }

    /// <summary>The answer goes on for as long as anyone reads it, and keeps its connection.</summary>
    internal bool KeepsConnection { get; init; }

    /// <summary>The path of a request that is about no object, such as <c>/version</c>; null for all others.</summary>
    internal string? FixedPath { get; init; }

    internal QueryString Query { get; init; } = new();

    internal ReadOnlyMemory<byte> Content { get; init; }

    internal string? MediaType { get; init; }

    /// <summary>The form of the answer.</summary>
    internal string Accept { get; init; } = "application/json";

    /// <summary>As RBAC writes it: <c>pods/exec</c>, or <c>pods</c> for the objects themselves.</summary>
    internal string Resource => Subresource is null ? Type.Plural : $"{Type.Plural}/{Subresource}";

    /// <summary>Sending it twice does no more than sending it once, whatever happened to the first.</summary>
    internal bool IsSafe => Method == HttpMethod.Get && Subresource != "exec";

    internal HttpRequestMessage ToMessage(Uri server, string userAgent)
    {
        var message = new HttpRequestMessage(Method, new Uri(string.Concat(Base(server), Path(), Query.ToString())));
        HeaderText.Add(message.Headers, "User-Agent", userAgent);
        // The kubelet answers 406 to an upgrade that asks for JSON: its routes name no media type.
        HeaderText.Add(message.Headers, "Accept", Upgrade is null ? Accept : "*/*");
        Upgrade?.AddTo(message.Headers);
        if (MediaType is null) return message;
        message.Content = new ReadOnlyMemoryContent(Content);
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaType);
        return message;
    }

    public override string ToString()
    {
        if (FixedPath is not null) return $"{Method.Method} {FixedPath}";
        var what = Name is null ? Resource : Subresource is null ? $"{Resource}/{Name}" : $"{Resource} of {Name}";
        var verb = Verb is "get" or "create" or "delete" ? Method.Method : Verb.ToUpperInvariant();
        return Namespace is null ? $"{verb} {what}" : $"{verb} {what} in {Namespace}";
    }

    private static string Base(Uri server) => server.GetLeftPart(UriPartial.Path).TrimEnd('/');

    private string Path()
    {
        if (FixedPath is not null) return FixedPath;
        var root = Type.Group.Length == 0 ? $"/api/{Type.Version}" : $"/apis/{Type.Group}/{Type.Version}";
        var scope = Namespace is null ? "" : $"/namespaces/{Segment(Namespace)}";
        var name = Name is null ? "" : $"/{Segment(Name)}";
        var part = Subresource is null ? "" : $"/{Subresource}";
        return $"{root}{scope}/{Type.Plural}{name}{part}";
    }

    // apimachinery/pkg/api/validation/path: what would change the path's meaning is no name of anything.
    private static string Segment(string value) =>
        value is "" or "." or ".." || value.AsSpan().ContainsAny('/', '%')
            ? throw new ArgumentException($"'{value}' cannot be the name of a Kubernetes object")
            : Uri.EscapeDataString(value);
}
