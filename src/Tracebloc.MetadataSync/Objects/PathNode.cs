using System.Text;
using System.Text.Json;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Objects;

/// <summary>The members that are read of the objects of a kind, as a tree; all others are skipped.</summary>
internal sealed class PathNode
{
    private static readonly (string Path, ObjectField Field)[] Fields =
    [
        ("apiVersion", ObjectField.ApiVersion),
        ("kind", ObjectField.Kind),
        ("metadata.uid", ObjectField.Uid),
        ("metadata.namespace", ObjectField.Namespace),
        ("metadata.name", ObjectField.Name),
        ("metadata.resourceVersion", ObjectField.Version),
        ("metadata.creationTimestamp", ObjectField.CreatedAt),
        ("metadata.deletionTimestamp", ObjectField.DeletedAt),
        ("metadata.labels", ObjectField.Labels),
        ("metadata.annotations", ObjectField.Annotations),
        ("metadata.finalizers", ObjectField.Finalizers),
    ];

    private readonly string _name;
    private readonly byte[] _bytes;
    private readonly List<PathNode> _children = [];
    private readonly List<int> _columns = [];

    private PathNode(string name, string path) => (_name, _bytes, Path) = (name, Encoding.UTF8.GetBytes(name), path);

    /// <summary>The members from the root, with dots between; empty for the root.</summary>
    public string Path { get; }

    public ObjectField Field { get; private set; }

    /// <summary>The kind's columns that are made from the member, by their places.</summary>
    public IReadOnlyList<int> Columns => _columns;

    public IReadOnlyList<PathNode> Children => _children;

    public static PathNode Of(Kind kind)
    {
        var root = new PathNode("", "");
        foreach (var (path, field) in Fields)
            root.At(path.Split('.')).Field = field;
        foreach (var (place, column) in kind.Columns.Index())
            root.At(column.Members)._columns.Add(place);
        return root;
    }

    /// <summary>The node of the member that the reader stands at; null for one that is not read.</summary>
    public PathNode? Child(ref Utf8JsonReader reader)
    {
        if (_children.Count == 0) return null;
        var escaped = reader.ValueIsEscaped ? JsonText.Read(ref reader) : null;
        foreach (var child in _children)
            if (escaped is null ? reader.ValueTextEquals(child._bytes) : escaped == child._name)
                return child;
        return null;
    }

    private PathNode At(IEnumerable<string> members)
    {
        var node = this;
        foreach (var member in members)
        {
            var path = node.Path.Length == 0 ? member : $"{node.Path}.{member}";
            var child = node._children.Find(each => each._name == member);
            if (child is null) node._children.Add(child = new PathNode(member, path));
            node = child;
        }

        return node;
    }
}
