using System.Text.RegularExpressions;
using Tracebloc.Kubernetes;

namespace Tracebloc.MetadataSync.Kinds;

/// <summary>The rules that one kind keeps by itself.</summary>
internal static partial class KindRules
{
    /// <summary>The most characters of a text column: more have no place in a key.</summary>
    public const int LongestText = LongestKey / BytesOfCharacter;

    private const int BytesOfCharacter = 4;

    // InnoDB's limits: of a key, of a row without its long values, and of the keys of a table.
    private const int LongestKey = 3072, LongestRow = 65_535, MostKeys = 48;

    // A table's name has 64 characters, and the longest ending is _annotations.
    private const int LongestName = 52;

    // What every kind has: four texts of 255 characters, six numbers and times, and the lengths of all of them.
    private const int CommonRow = (4 * 1022) + 200;

    private static readonly Dictionary<string, int> Common = new()
    {
        ["uid"] = 1020,
        ["group_ver"] = 1020,
        ["namespace"] = 1020,
        ["name"] = 1020,
        ["res_version"] = 8,
        ["create_time"] = 8,
        ["update_time"] = 8,
        ["delete_time"] = 8,
        ["evicted_time"] = 8,
        ["proto"] = LongestRow,
        ["json"] = LongestRow,
    };

    public static IEnumerable<(KindMember Member, string Message)> Check(Kind kind) =>
        [.. Names(kind), .. Columns(kind), .. Keys(kind)];

    private static IEnumerable<(KindMember Member, string Message)> Names(Kind kind)
    {
        if (kind.Name.Length > LongestName || !CamelCase().IsMatch(kind.Name))
            yield return (
                new("kind"),
                $"\"{kind.Name}\" is not a kind of at most {LongestName} letters and digits that begins with an "
                    + "upper-case letter; write it as manifests do: PipelineRun");
        if (!KubernetesName.IsLabel(kind.Plural))
            yield return (
                new("plural"), $"\"{kind.Plural}\" is not a plural as paths have it; write it as pipelineruns");
        if (!KubernetesName.IsSubdomain(kind.Group))
            yield return (new("group"), $"\"{kind.Group}\" is not an API group; write it as ml.example.com");
        if (!KubernetesName.IsLabel(kind.Version))
            yield return (new("version"), $"\"{kind.Version}\" is not an API version; write it as v1");
    }

    private static IEnumerable<(KindMember Member, string Message)> Columns(Kind kind)
    {
        var (names, row) = (new HashSet<string>(), CommonRow);
        foreach (var (place, column) in kind.Columns.Index())
        {
            KindMember Of(string member) => new("columns", place, member);
            if (!SnakeCase().IsMatch(column.Name))
                yield return (
                    Of("name"),
                    $"\"{column.Name}\" is not a column's name of at most 64 lower-case letters, digits and "
                        + "underscores; write it as end_time");
            else if (Common.ContainsKey(column.Name))
                yield return (Of("name"), $"every kind has a column {column.Name}; choose another name");
            else if (!names.Add(column.Name))
                yield return (Of("name"), $"a column {column.Name} is there already; choose another name");
            if (!column.Members.All(Member().IsMatch))
                yield return (
                    Of("path"),
                    $"\"{column.Path}\" is not a path; write the members with dots between: spec.owner.name");
            if (column.Type == ColumnType.Text && column.Length is < 1 or > LongestText)
                yield return (Of("length"), $"{column.Length} is not a length from 1 to {LongestText}");
            row += BytesOf(column) + 2;
        }

        if (row > LongestRow)
            yield return (
                new("columns"), $"a row takes up to {row} bytes, and MySQL allows {LongestRow}; shorten the texts");
    }

    private static IEnumerable<(KindMember Member, string Message)> Keys(Kind kind)
    {
        if (kind.Keys.Count > MostKeys)
            yield return (new("keys"), $"there are {kind.Keys.Count} keys, and MySQL has room for {MostKeys}");
        foreach (var (place, key) in kind.Keys.Index())
        {
            var member = new KindMember("keys", place);
            foreach (var name in key.Where(name => SizeOf(kind, name) is null))
                yield return (member, $"there is no column {name}; add it to columns");
            if (key.Count == 0)
                yield return (member, "the key has no column; name one");
            else if (key.Distinct().Count() < key.Count)
                yield return (member, "the key names a column twice; name it once");
            else if (key.Sum(name => SizeOf(kind, name) ?? 0) is > LongestKey and var size)
                yield return (
                    member, $"the key takes up to {size} bytes, and MySQL allows {LongestKey}; shorten the texts");
            else if (kind.Keys.Take(place).Any(key.SequenceEqual))
                yield return (member, "the key is there already; remove it");
        }
    }

    private static int? SizeOf(Kind kind, string column) =>
        Common.TryGetValue(column, out var size) ? size
        : kind.Columns.FirstOrDefault(one => one.Name == column) is { } found ? BytesOf(found)
        : null;

    private static int BytesOf(IndexedColumn column) =>
        column.Type == ColumnType.Text ? column.Length * BytesOfCharacter : sizeof(long);

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*\\z")]
    private static partial Regex CamelCase();

    // No more, since paths stand in SQL.
    [GeneratedRegex("^[A-Za-z0-9_@/:-]+\\z")]
    private static partial Regex Member();

    [GeneratedRegex("^[a-z][a-z0-9_]{0,63}\\z")]
    private static partial Regex SnakeCase();
}
