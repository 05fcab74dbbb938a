using Tracebloc.Configuration;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Settings;

/// <summary>
/// Reads the list <c>kinds</c>: each adds a kind, or gives one of the platform further columns and keys, or declares it
/// immutable. Every fault has the line of its key.
/// </summary>
internal sealed class KindsReader(ConfigurationErrors errors)
{
    // As CustomResourceDefinitions spell them.
    private const string Namespaced = "Namespaced", Cluster = "Cluster";

    private static readonly Dictionary<string, ColumnType> Types = new()
    {
        ["text"] = ColumnType.Text,
        ["integer"] = ColumnType.Integer,
        ["flag"] = ColumnType.Flag,
        ["time"] = ColumnType.Time,
    };

    private readonly List<Kind> _kinds = [.. KindTable.All];
    private readonly Dictionary<int, Entry> _places = [];

    /// <summary>The platform's kinds and those of the list.</summary>
    public KindSet Read(ConfigurationReader root)
    {
        if (root.Find("kinds") is ConfigurationNode.Sequence { Items.Count: 0 })
            root.Refuse("kinds", "must not be an empty list; remove the key");
        foreach (var item in root.Items("kinds"))
            Add(item);
        var faults = KindSet.Check(_kinds);
        foreach (var fault in faults)
            Refuse(fault);
        return faults.Count == 0 ? KindSet.Of(_kinds) : KindSet.Platform;
    }

    private void Add(ConfigurationReader item)
    {
        var name = item.RequiredText("kind", "kind: Experiment");
        var place = IsWhole(item) ? -1 : _kinds.FindIndex(kind => kind.Name == name);
        var scope = item.Choice("scope", "a scope", Namespaced, Cluster);
        if (place < 0)
        {
            place = _kinds.Count;
            _kinds.Add(new Kind(
                name ?? "",
                item.RequiredText("plural", "plural: experiments") ?? "",
                item.RequiredText("group", "group: ml.example.com") ?? "",
                item.RequiredText("version", "version: v1") ?? "")
            {
                IsNamespaced = scope != Cluster,
            });
        }
        else if (scope is not null)
        {
            // The scope of a CustomResourceDefinition never changes, and an entry without a group changes a kind.
            item.Refuse("scope", $"is for a kind that is added, and {name} is there already; remove the key");
        }

        var kind = _kinds[place];
        _places[place] = new Entry(item, kind.Columns.Count, kind.Keys.Count);
        _kinds[place] = kind with
        {
            IsImmutable = item.Boolean("immutable") ?? kind.IsImmutable,
            Columns = [.. kind.Columns, .. item.Items("columns").Select(ColumnOf)],
            Keys = [.. kind.Keys, .. KeysOf(item)],
        };
        item.RefuseUnknownKeys();
    }

    // The name alone means the kind of that name that is there already.
    private static bool IsWhole(ConfigurationReader item) =>
        item.Mapping.Entries.Any(entry => entry.Key is "plural" or "group" or "version");

    private static IndexedColumn ColumnOf(ConfigurationReader column)
    {
        var type = column.Choice("type", "a type", [.. Types.Keys]) is { } word ? Types[word] : ColumnType.Text;
        var read = new IndexedColumn(
            column.RequiredText("name", "name: owner") ?? "",
            column.RequiredText("path", "path: spec.owner.name") ?? "",
            type);
        if (type != ColumnType.Text && column.Find("length") is not null)
            column.Refuse("length", "is for columns of type text; remove the key");
        else if (column.Integer("length", minimum: 1) is { } length)
            read = read with { Length = length };
        column.RefuseUnknownKeys();
        return read;
    }

    private List<IReadOnlyList<string>> KeysOf(ConfigurationReader item)
    {
        var keys = new List<IReadOnlyList<string>>();
        var value = item.Find("keys");
        if (value is not (null or ConfigurationNode.Sequence))
            errors.Add(value, $"must be a list of lists of columns, but is {value.Description}");
        foreach (var key in (value as ConfigurationNode.Sequence)?.Items ?? [])
            if (key is ConfigurationNode.Sequence columns && columns.Items.All(one => one is ConfigurationNode.Scalar))
                keys.Add([.. columns.Items.Cast<ConfigurationNode.Scalar>().Select(one => one.Text)]);
            else
                errors.Add(key, $"must be a list of columns: [owner], but is {key.Description}");
        return keys;
    }

    // A member that is absent or of the wrong type has its error already.
    private void Refuse(KindFault fault)
    {
        if (!_places.TryGetValue(fault.Kind, out var place)) return;
        var node = ConfigurationPath.Find(place.Item.Mapping, place.Own(fault.Member).ToString());
        if (node is null)
        {
            if (fault.Member is { Name: "columns" or "keys", Place: < 0 })
                errors.Add(place.Item.Mapping, fault.Message);
        }
        else if (node is not ConfigurationNode.Scalar { Type: not ScalarType.Text } || fault.Member.Below == "length")
        {
            errors.Add(node, fault.Message);
        }
    }

    /// <summary>An item of the list, whose columns and keys follow those that the kind has already.</summary>
    private sealed record Entry(ConfigurationReader Item, int Columns, int Keys)
    {
        /// <summary>The member as the item counts it.</summary>
        public KindMember Own(KindMember member) => member.Place < 0 ? member
            : member with { Place = member.Place - (member.Name == "columns" ? Columns : Keys) };
    }
}
