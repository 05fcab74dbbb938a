namespace Tracebloc.Charts.Tests.Harness;

/// <summary>One container of a pod.</summary>
internal sealed class Container(Node node)
{
    public string Name => this["name"].Text;

    public string Image => this["image"].Text;

    public IReadOnlyList<string> Arguments => [.. this["command"].Texts, .. this["args"].Texts];

    public IReadOnlyList<Node> Mounts => this["volumeMounts"].Items;

    public IReadOnlyList<Node> Ports => this["ports"].Items;

    /// <summary>Every entry, also a second one of the same name, of which Kubernetes takes the last.</summary>
    public IReadOnlyList<Node> Env => this["env"].Items;

    public Node this[string key] => node[key];

    /// <summary>The entry of a variable: its value, or where its value comes from.</summary>
    public Node Variable(string name) => Env.LastOrDefault(entry => entry["name"].Text == name) ?? Node.Nothing;

    /// <summary>The path that a probe asks at the container's port http; empty without such a probe.</summary>
    public string Probed(string probe) =>
        this[probe].At("httpGet.port").Text == "http" ? this[probe].At("httpGet.path").Text : "";

    public Node Security(string key) => this["securityContext"][key];

    public string Value(string name) => Variable(name)["value"].Text;
}
