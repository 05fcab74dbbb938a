using System.Text;
using YamlDotNet.RepresentationModel;

namespace Tracebloc.Kubernetes;

/// <summary>
/// A place in a kubeconfig file that knows where it is. It is read as kubectl reads it (go-yaml v2, then JSON), and an
/// error names the line wherever it cannot be. Fields that nothing asks for are ignored, as in kubectl.
/// </summary>
internal sealed record KubeConfigNode(string File, string Field, YamlNode Node)
{
    // Aliases in lists of merge keys double the work at every level.
    private const int MaxMerges = 1000;

    /// <summary>The member, or null when it is absent, null or empty: to kubectl all of these are Go's "".</summary>
    internal KubeConfigNode? this[string name] =>
        Members().GetValueOrDefault(name) is { } child && !IsEmpty(child)
            ? new(File, Field.Length == 0 ? name : $"{Field}.{name}", child)
            : null;

    internal KubeConfigNode Required(string name) => this[name] ?? throw Error($"'{name}' is missing");

    /// <summary>The one of two members that is there; both are an error, as in kubectl.</summary>
    internal KubeConfigNode? OneOf(string name, string other) => (this[name], this[other]) switch
    {
        ({ }, { } second) => throw second.Error($"excludes {name}: keep one of the two"),
        var (first, second) => first ?? second,
    };

    internal IEnumerable<KubeConfigNode> Items() =>
        Node is YamlSequenceNode list
            ? list.Children.Select((child, i) => new KubeConfigNode(File, $"{Field}[{i}]", child))
            : throw Error("a list is wanted here");

    internal string Text()
    {
        if (Node is not YamlScalarNode scalar) throw Error("a text is wanted here");
        return GoYamlScalar.TypeOf(scalar) switch
        {
            GoYamlType.Text => scalar.Value ?? "",
            GoYamlType.Null => "",
            GoYamlType.Boolean => throw Error("is true or false in YAML, not text: put it in quotes"),
            GoYamlType.Number => throw Error("is a number in YAML, not text: put it in quotes"),
            _ => throw Error("has a tag that gives it another type: leave the tag out"),
        };
    }

    internal bool Flag() =>
        Node is YamlScalarNode scalar && GoYamlScalar.TypeOf(scalar) == GoYamlType.Boolean
            ? GoYamlScalar.IsTrue(scalar)
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

    /// <summary>
    /// The members by name, those of merge keys among them. Of two with the same name the later one wins, a merge key
    /// counting as its place: go-yaml v2 merges where it finds the key.
    /// </summary>
    internal IReadOnlyDictionary<string, YamlNode> Members()
    {
        var members = new Dictionary<string, YamlNode>();
        var merges = 0;
        Collect(Node, members, ref merges);
        return members;
    }

    internal KubernetesConfigurationException Error(string message, Exception? inner = null) =>
        Error(Node, message, inner);

    private void Collect(YamlNode node, Dictionary<string, YamlNode> members, ref int merges)
    {
        if (node is not YamlMappingNode map)
            throw Error(node, merges == 0 ? "a mapping is wanted here" : "<< takes a mapping or a list of mappings");
        if (merges++ > MaxMerges) throw Error(node, $"more than {MaxMerges} mappings are merged into one");
        var own = new HashSet<string>();
        foreach (var (key, child) in map.Children)
            if (GoYamlScalar.IsMerge(key))
                Merge(child, members, ref merges);
            else if (key is YamlScalarNode { Value: { } name })
            {
                // Equal names with different tags or styles are the same key to Go and two keys to YamlDotNet.
                if (!own.Add(name)) throw Error(key, $"'{name}' is there twice: keep one of the two");
                members[name] = child;
            }
    }

    // The first mapping of a list wins, so the last one is merged first.
    private void Merge(YamlNode value, Dictionary<string, YamlNode> members, ref int merges)
    {
        if (value is YamlSequenceNode list)
            foreach (var item in list.Children.Reverse()) Collect(item, members, ref merges);
        else Collect(value, members, ref merges);
    }

    private KubernetesConfigurationException Error(YamlNode at, string message, Exception? inner = null) =>
        new(File, (int)at.Start.Line, Field.Length == 0 ? null : Field, message, inner);

    private static bool IsEmpty(YamlNode node) => node is YamlScalarNode scalar
        && GoYamlScalar.TypeOf(scalar) is var type
        && (type == GoYamlType.Null || (type == GoYamlType.Text && scalar.Value == ""));
}
