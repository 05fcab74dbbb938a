using System.Text;
using Tracebloc.Configuration;
using Tracebloc.Net.Files;

namespace Tracebloc.Kubernetes;

/// <summary>
/// A place in a kubeconfig file, read as kubectl reads it: the first fault is thrown with its line. Fields that nothing
/// asks for are ignored, as in kubectl.
/// </summary>
internal sealed record KubeConfigNode(string File, ConfigurationNode Node)
{
    /// <summary>For example <c>users[0].user.token</c>; empty for the whole file.</summary>
    internal string Field => Node.Path;

    /// <summary>True for an empty list or mapping.</summary>
    internal bool IsEmpty => Node is ConfigurationNode.Sequence { Items.Count: 0 }
        or ConfigurationNode.Mapping { Entries.Count: 0 };

    private bool IsNothing => Node is ConfigurationNode.Scalar { Type: ScalarType.Null }
        or ConfigurationNode.Scalar { Type: ScalarType.Text, Text: "" };

    /// <summary>A member; null when it is absent, null or empty text, which are the same to kubectl.</summary>
    internal KubeConfigNode? this[string name] =>
        Members().FirstOrDefault(member => member.Name == name && !member.Value.IsNothing).Value;

    internal KubeConfigNode Required(string name) => this[name] ?? throw Error($"'{name}' is missing");

    /// <summary>The one of two members that is there; both are an error, as in kubectl.</summary>
    internal KubeConfigNode? OneOf(string name, string other) => (this[name], this[other]) switch
    {
        ({ }, { } second) => throw second.Error($"excludes {name}: keep one of the two"),
        var (first, second) => first ?? second,
    };

    internal IEnumerable<KubeConfigNode> Items() => Node is ConfigurationNode.Sequence list
        ? list.Items.Select(item => new KubeConfigNode(File, item))
        : throw Error("a list is wanted here");

    internal IEnumerable<(string Name, KubeConfigNode Value)> Members() => Node is ConfigurationNode.Mapping map
        ? map.Entries.Select(entry => (entry.Key, new KubeConfigNode(File, entry.Value)))
        : throw Error("a mapping is wanted here");

    internal string Text() => Node switch
    {
        ConfigurationNode.Scalar { Type: ScalarType.Text or ScalarType.Null, Text: var text } => text,
        ConfigurationNode.Scalar { Type: ScalarType.Boolean } =>
            throw Error("is true or false in YAML, not text: put it in quotes"),
        ConfigurationNode.Scalar => throw Error("is a number in YAML, not text: put it in quotes"),
        _ => throw Error("a text is wanted here"),
    };

    internal bool Flag() => Node is ConfigurationNode.Scalar { Boolean: { } flag }
        ? flag
        : throw Error("true or false is wanted here, without quotes");

    /// <summary>The content of a <c>…-data</c> field.</summary>
    internal string Decoded()
    {
        var text = Text();
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw Error("is not base64; without '-data' the field takes a path");
    }

    /// <summary>A path, resolved against the folder of the file that names it.</summary>
    /// <remarks>
    /// As in client-go's <c>ResolvePaths</c>, whose <c>filepath.Join</c> removes <c>..</c> from a relative path before
    /// links are followed, and leaves an absolute one to the system.
    /// </remarks>
    internal string FullPath() =>
        Text().Contains('\0', StringComparison.Ordinal)
            ? throw Error("cannot be read: there is a null character in the path")
            : Path.IsPathRooted(Text())
                ? UserPath.Absolute(Text())
                : Path.GetFullPath(
                    Path.Combine(Path.GetDirectoryName(File) ?? "/", Text()), Environment.CurrentDirectory);

    internal KubernetesConfigurationException Error(string message, Exception? inner = null) =>
        new(File, Node.Line, Field.Length == 0 ? null : Field, message, inner);
}
