using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>The row of an object with its labels and annotations, as the server's own client reads them.</summary>
internal sealed record StoredGadget(string Uid, string State, string Version, int? Size, JsonObject Json)
{
    private const string Sql =
        "SELECT 'row', uid, CASE WHEN delete_time IS NOT NULL THEN IF(evicted_time IS NULL, 'deleted', 'both') "
        + "WHEN evicted_time IS NOT NULL THEN 'evicted' ELSE 'live' END, res_version, size, "
        + "HEX(CONVERT(json USING utf8mb4)) FROM gadget; "
        + "SELECT 'labels', obj_uid, `key`, `value` FROM gadget_labels; "
        + "SELECT 'annotations', obj_uid, `key`, `value` FROM gadget_annotations";

    private readonly Dictionary<string, SortedDictionary<string, string>> _entries = new()
    {
        ["labels"] = new(StringComparer.Ordinal),
        ["annotations"] = new(StringComparer.Ordinal),
    };

    /// <summary>The rows by uid.</summary>
    public static async Task<IReadOnlyDictionary<string, StoredGadget>> ReadAsync(
        SyncScene scene, CancellationToken token)
    {
        var lines = (await scene.QueryAsync(Sql, token)).Select(line => line.Split('\t')).ToList();
        var rows = lines.Where(line => line[0] == "row").Select(Of).ToDictionary(row => row.Uid);
        // Entries are read after the rows: those of a newer row are left out, and the next look finds it.
        foreach (var line in lines.Where(line => line[0] != "row"))
            rows.GetValueOrDefault(line[1])?._entries[line[0]].Add(line[2], line[3]);
        return rows;
    }

    /// <summary>The first difference from a state of its object.</summary>
    public string? Differs(JsonObject gadget)
    {
        var version = (string?)gadget["metadata"]!["resourceVersion"];
        return Version != version ? $"has version {version}, and its row {Version}"
            : !JsonNode.DeepEquals(Json, gadget) ? $"is {gadget.ToJsonString()}, and its row {Json.ToJsonString()}"
            : Size != (int?)gadget["spec"]!["size"] ? $"has another size in the column: {Size}"
            : _entries.Keys.FirstOrDefault(member => !Entries(gadget, member).SequenceEqual(_entries[member]))
                is { } entries ? $"has other {entries} in its table"
            : null;
    }

    private static StoredGadget Of(string[] line) => new(
        line[1], line[2], line[3], line[4] == "NULL" ? null : int.Parse(line[4], CultureInfo.InvariantCulture),
        JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromHexString(line[5])))!.AsObject());

    private static IEnumerable<KeyValuePair<string, string>> Entries(JsonObject gadget, string member) =>
        (gadget["metadata"]![member]?.AsObject() ?? [])
        .Select(each => KeyValuePair.Create(each.Key, (string?)each.Value ?? ""))
        .OrderBy(each => each.Key, StringComparer.Ordinal);
}
