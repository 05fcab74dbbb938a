using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Tracebloc.Kubernetes;

/// <summary>
/// A place in a kubeconfig file that knows where it is. Fields that nobody asks for are passed over, as in kubectl.
/// </summary>
internal sealed record KubeConfigNode(string File, string Field, YamlNode Node)
{
    /// <summary>The member, or null when it is absent, null or empty: to kubectl all of these are Go's "".</summary>
    internal KubeConfigNode? this[string name]
    {
        get
        {
            if (Node is not YamlMappingNode map) throw Error("a mapping is wanted here");
            var field = Field.Length == 0 ? name : $"{Field}.{name}";
            return map.Children.TryGetValue(new YamlScalarNode(name), out var child) && !IsEmpty(child)
                ? new(File, field, child)
                : null;
        }
    }

    internal KubeConfigNode Required(string name) => this[name] ?? throw Error($"'{name}' is missing");

    internal IEnumerable<KubeConfigNode> Items() =>
        Node is YamlSequenceNode list
            ? list.Children.Select((child, i) => new KubeConfigNode(File, $"{Field}[{i}]", child))
            : throw Error("a list is wanted here");

    internal string Text() =>
        Node is YamlScalarNode { Value: { } value } ? value : throw Error("a text is wanted here");

    internal bool Flag() => Node is YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } scalar
        ? scalar.Value == "true"
        : throw Error("true or false is wanted here, without quotes");

    /// <summary>The content of a <c>…-data</c> field.</summary>
    internal string Decoded()
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(Text()));
        }
        catch (FormatException e)
        {
            throw Error("is not base64; without '-data' the field takes a path", e);
        }
    }

    /// <summary>A path, resolved against the folder of the file that names it.</summary>
    internal string FullPath() =>
        Text().Contains('\0', StringComparison.Ordinal)
            ? throw Error("cannot be read: there is a null character in the path")
            : Path.GetFullPath(Text(), Path.GetDirectoryName(Path.GetFullPath(File)) ?? "/");

    internal KubernetesConfigurationException Error(string message, Exception? inner = null) =>
        new(File, (int)Node.Start.Line, Field.Length == 0 ? null : Field, message, inner);

    private static bool IsEmpty(YamlNode node) =>
        node is YamlScalarNode { Value: null or "" }
            or YamlScalarNode { Style: ScalarStyle.Plain, Value: "~" or "null" };
}
