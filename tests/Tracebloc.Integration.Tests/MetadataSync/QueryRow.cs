using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Database;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>A row as the controller would write it, written by plain SQL.</summary>
internal sealed record QueryRow(string Name)
{
    public string Namespace { get; init; } = "team-a";

    public string Uid { get; init; } = Guid.NewGuid().ToString();

    public ulong Version { get; init; } = 7;

    public DateTimeOffset CreatedAt { get; init; } = QueryScene.Now - TimeSpan.FromHours(3);

    public bool IsDeleted { get; init; }

    public bool IsEvicted { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The values of the columns: text, numbers or null.</summary>
    public IReadOnlyDictionary<string, object?> Columns { get; init; } = new Dictionary<string, object?>();

    /// <summary>The object's members beside its metadata.</summary>
    public JsonObject Body { get; init; } = [];

    public string Json(Kind kind)
    {
        var json = new JsonObject
        {
            ["apiVersion"] = kind.Type.ApiVersion,
            ["kind"] = kind.Name,
            ["metadata"] = new JsonObject
            {
                ["name"] = Name,
                ["namespace"] = Namespace,
                ["uid"] = Uid,
                ["resourceVersion"] = $"{Version}",
                ["creationTimestamp"] = CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null),
                ["labels"] = new JsonObject(Labels.Select(
                    label => KeyValuePair.Create(label.Key, (JsonNode?)JsonValue.Create(label.Value)))),
            },
        };
        foreach (var (name, value) in Body)
            json[name] = value?.DeepClone();
        return json.ToJsonString();
    }

    /// <summary>The statements that insert the row and its labels.</summary>
    public string Sql(Kind kind)
    {
        (string Column, string Value)[] values =
        [
            ("uid", Text(Uid)), ("group_ver", Text(kind.Type.ApiVersion)), ("namespace", Text(Namespace)),
            ("name", Text(Name)), ("res_version", $"{Version}"), ("create_time", Time(CreatedAt)),
            ("delete_time", IsDeleted ? Time(QueryScene.Now) : "NULL"),
            ("evicted_time", IsEvicted ? Time(QueryScene.Now) : "NULL"), ("json", Text(Json(kind))),
            .. Columns.Select(each => (each.Key, Literal(each.Value))),
        ];
        var main = $"INSERT INTO {kind.Table} ({string.Join(", ", values.Select(each => SqlName.Quote(each.Column)))}) "
            + $"VALUES ({string.Join(", ", values.Select(each => each.Value))});";
        return main + string.Concat(Labels.Select(label =>
            $"INSERT INTO {kind.LabelsTable} (obj_uid, `key`, `value`) "
            + $"VALUES ({Text(Uid)}, {Text(label.Key)}, {Text(label.Value)});"));
    }

    private static string Literal(object? value) => value switch
    {
        null => "NULL",
        string text => Text(text),
        DateTimeOffset time => Time(time),
        _ => $"{value}",
    };

    // By its bytes: no client and no mode of SQL changes it.
    private static string Text(string text) =>
        text.Length == 0 ? "''" : $"CONVERT(X'{Convert.ToHexString(Encoding.UTF8.GetBytes(text))}' USING utf8mb4)";

    private static string Time(DateTimeOffset time) =>
        $"'{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", null)}'";
}
