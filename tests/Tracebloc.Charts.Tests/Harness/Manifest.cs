namespace Tracebloc.Charts.Tests.Harness;

/// <summary>One object as helm rendered it, with the template that it comes from.</summary>
internal sealed class Manifest(string text)
{
    private const string SourceMark = "# Source: ";

    public Node Root { get; } = Node.Parse(text);

    public string Text { get; } = text;

    public string Source { get; } = text.Split('\n')
        .FirstOrDefault(line => line.StartsWith(SourceMark, StringComparison.Ordinal))?[SourceMark.Length..] ?? "";

    public string ApiVersion => this["apiVersion"].Text;

    public string Kind => this["kind"].Text;

    public string Name => At("metadata.name").Text;

    public string Id => $"{Kind}/{Name}";

    /// <summary>Empty: where the release is.</summary>
    public string Namespace => At("metadata.namespace").Text;

    public IReadOnlyDictionary<string, string> Labels => At("metadata.labels").Map;

    public IReadOnlyDictionary<string, string> Annotations => At("metadata.annotations").Map;

    public Node this[string key] => Root[key];

    public Node At(string path) => Root.At(path);
}
