using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>One request that the fake received, in the words of RBAC.</summary>
public sealed class FakeCall
{
    /// <summary>Counted from 1.</summary>
    public int Number { get; internal set; }

    /// <summary><c>get</c>, <c>list</c>, <c>watch</c>, <c>create</c>, <c>patch</c> or <c>delete</c>.</summary>
    public required string Verb { get; init; }

    /// <summary>Plural, for example <c>deployments</c>, or a part of one, <c>pods/exec</c>.</summary>
    public required string Resource { get; init; }

    public string? Namespace { get; init; }

    /// <summary>For a list or a watch: the one name its field selector allows.</summary>
    public string? Name { get; init; }

    public required IReadOnlyDictionary<string, string> Query { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public string Body { get; init; } = "";

    /// <summary>The subject of the client certificate; null when none was shown.</summary>
    public string? ClientCertificate { get; init; }

    public JsonNode? Json => Body.Length == 0 ? null : JsonNode.Parse(Body);

    /// <summary>Which answer it got; 0 while there is none, and when the connection was dropped.</summary>
    public int Status { get; internal set; }

    public bool IsWrite => Verb is "create" or "patch" or "delete";

    public override string ToString() => Name is null ? $"{Verb} {Resource}" : $"{Verb} {Resource}/{Name}";
}
