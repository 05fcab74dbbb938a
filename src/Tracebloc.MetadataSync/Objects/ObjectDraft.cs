using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Objects;

/// <summary>
/// An object while it is read. Of members that occur twice the last counts, as for MySQL and the API server.
/// </summary>
internal sealed class ObjectDraft(Kind kind)
{
    private const int FieldCount = (int)ObjectField.Finalizers + 1;

    private readonly string?[] _texts = new string?[FieldCount];
    private readonly DateTimeOffset?[] _times = new DateTimeOffset?[FieldCount];
    private readonly object?[] _columns = new object?[kind.Columns.Count];
    private readonly string?[] _remarks = new string?[kind.Columns.Count];
    private Dictionary<string, string> _labels = [];
    private Dictionary<string, string> _annotations = [];
    private List<string> _finalizers = [];
    private ObjectFault? _fault;

    /// <summary>True where the object states the member.</summary>
    public bool Has(ObjectField field) => _texts[(int)field] is not null;

    /// <summary>The object, or the fault for which it cannot be mirrored.</summary>
    public bool TryFinish(
        ReadOnlyMemory<byte> json,
        [NotNullWhen(true)] out SyncedObject? read, [NotNullWhen(false)] out ObjectFault? fault)
    {
        var version = Version();
        Require(ObjectField.Uid, "metadata.uid");
        Require(ObjectField.Name, "metadata.name");
        if (_times[(int)ObjectField.CreatedAt] is null) Blame("metadata.creationTimestamp", "is missing");
        fault = _fault is null ? null : Identified(_fault);
        read = fault is null ? Make(version, json) : null;
        return fault is null;
    }

    /// <summary>Keeps the first fault.</summary>
    public void Blame(string field, string problem) => _fault ??= new ObjectFault(kind.Name, field, problem);

    /// <summary>Forgets what an earlier member of the same name held.</summary>
    public void Clear(PathNode node)
    {
        _texts[(int)node.Field] = null;
        _times[(int)node.Field] = null;
        if (node.Field == ObjectField.Labels) _labels = [];
        if (node.Field == ObjectField.Annotations) _annotations = [];
        if (node.Field == ObjectField.Finalizers) _finalizers = [];
        foreach (var place in node.Columns)
            (_columns[place], _remarks[place]) = (null, null);
        foreach (var child in node.Children)
            Clear(child);
    }

    /// <summary>Takes the value that the reader stands at into the columns that are made from it.</summary>
    public void ReadColumns(ref Utf8JsonReader reader, PathNode node)
    {
        foreach (var place in node.Columns)
        {
            _columns[place] = ColumnValue.Read(ref reader, kind.Columns[place], out var remark);
            _remarks[place] = remark;
        }
    }

    /// <summary>Takes a text or a time of the metadata.</summary>
    public void ReadText(ref Utf8JsonReader reader, PathNode node)
    {
        if (!IsText(ref reader, node.Path)) return;
        if (node.Field is not (ObjectField.CreatedAt or ObjectField.DeletedAt))
            _texts[(int)node.Field] = JsonText.Read(ref reader);
        else if (ColumnValue.TimeOf(ref reader) is { } time)
            _times[(int)node.Field] = time;
        else
            Blame(node.Path, "is no time by RFC 3339");
    }

    /// <summary>Takes a label or an annotation.</summary>
    public void ReadEntry(ref Utf8JsonReader reader, PathNode node, string key)
    {
        if (IsText(ref reader, $"{node.Path}[{key}]"))
            (node.Field == ObjectField.Labels ? _labels : _annotations)[key] = JsonText.Read(ref reader);
    }

    /// <summary>Takes a finalizer.</summary>
    public void ReadFinalizer(ref Utf8JsonReader reader, PathNode node)
    {
        if (IsText(ref reader, node.Path)) _finalizers.Add(JsonText.Read(ref reader));
    }

    private SyncedObject Make(ulong version, ReadOnlyMemory<byte> json) => new()
    {
        Uid = Text(ObjectField.Uid),
        GroupVersion = Has(ObjectField.ApiVersion) ? Text(ObjectField.ApiVersion) : kind.GroupVersion,
        Namespace = Text(ObjectField.Namespace),
        Name = Text(ObjectField.Name),
        Version = version,
        CreatedAt = _times[(int)ObjectField.CreatedAt] ?? default,
        DeletedAt = _times[(int)ObjectField.DeletedAt],
        Labels = _labels,
        Annotations = _annotations,
        Finalizers = _finalizers,
        Columns = _columns,
        Remarks = [.. _remarks.OfType<string>()],
        Json = json,
    };

    private ObjectFault Identified(ObjectFault fault) => fault with
    {
        Uid = Text(ObjectField.Uid),
        Namespace = Text(ObjectField.Namespace),
        Name = Text(ObjectField.Name),
        Version = NumberOf(Text(ObjectField.Version)) ?? 0,
    };

    private bool IsText(ref Utf8JsonReader reader, string path)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
            Blame(path, $"holds {JsonText.TypeOf(ref reader)}, not text");
        return reader.TokenType == JsonTokenType.String;
    }

    private string Text(ObjectField field) => _texts[(int)field] ?? "";

    private void Require(ObjectField field, string path)
    {
        if (Text(field).Length == 0) Blame(path, "is missing");
    }

    private ulong Version()
    {
        var text = Text(ObjectField.Version);
        if (text.Length == 0)
            Blame("metadata.resourceVersion", "is missing");
        else if (NumberOf(text) is null)
            Blame("metadata.resourceVersion", "is no number");
        return NumberOf(text) ?? 0;
    }

    private static ulong? NumberOf(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
