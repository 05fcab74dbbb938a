using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Testing.JobsManager;

/// <remarks>Runs as lists have them, and the data sets that they make.</remarks>
public sealed partial class FakeJobsManager
{
    private const string Time = "2026-01-02T10:15:00+00:00";

    private static readonly string[] Ends = ["succeeded", "failed", "cancelled"];

    // The last state of each run, and those that are over.
    private readonly Dictionary<string, JsonObject> _seen = [], _ends = [];
    private readonly SortedDictionary<string, JsonObject> _datasets = new(StringComparer.Ordinal);

    /// <summary>The error of a deletion, which then leaves the data set; null: it goes.</summary>
    public string? DeletionError { get; set; }

    /// <summary>The reasons for which a deletion waits, one for each look at its data set.</summary>
    public Queue<string> DeletionWaits { get; } = [];

    /// <summary>The removal of what a cancelled run has written, as its report states it.</summary>
    public string Undo { get; set; } = "none";

    /// <summary>Adds a data set, as if an earlier run had made it.</summary>
    public void AddDataset(JsonObject dataset)
    {
        lock (_gate) _datasets[(string)dataset["table"]!] = dataset;
    }

    /// <summary>The table, the category and the intent of a run's specification.</summary>
    private (string Table, string Category, string Intent) SpecificationOf(string key)
    {
        var yaml = (string)JsonNode.Parse(_submitted[key])!["ingest_config"]!;
        return (Value("table"), Value("category"), Value("intent"));

        string Value(string name) => Regex.Match(yaml, $"(?m)^{name}: (\\S+)$").Groups[1].Value;
    }

    private void Become(string key, JsonObject state)
    {
        _seen[key] = state;
        // A cancelled run whose last pod was quicker has succeeded.
        if (!Ends.Contains((string?)state["state"]) || ((string?)state["state"], Undo) is ("cancelled", "wanted"))
            return;
        _ends[key] = state;
        if ((string?)state["state"] != "succeeded") return;
        var (table, category, intent) = SpecificationOf(key);
        _datasets[table] = new JsonObject
        {
            ["table"] = table,
            ["category"] = category,
            ["intent"] = intent,
            ["state"] = "ready",
            ["rows"] = (long?)state["summary"]?["inserted_records"] ?? 0,
            ["bytes"] = 16384,
            ["files"] = 0,
            ["created_at"] = Time,
        };
    }

    private JsonObject RunOf(string key)
    {
        var run = _seen.TryGetValue(key, out var state)
            ? state.DeepClone().AsObject()
            : new JsonObject { ["state"] = "accepted" };
        var (table, category, intent) = SpecificationOf(key);
        run["idempotency_key"] = key;
        run["table"] = table;
        run["category"] = category;
        run["intent"] = intent;
        run["job_name"] = JobOf(key);
        run["namespace"] = "tracebloc";
        run["undo"] = Undo;
        run["accepted_at"] = Time;
        if ((string?)run["state"] is not "accepted" && run["started_at"] is null) run["started_at"] = Time;
        return run;
    }

    private FakeReply Runs(string query) => FakeReply.Of(200, new JsonObject
    {
        ["runs"] = new JsonArray(
        [
            .. Enumerable.Reverse(_keys).Select(RunOf)
                .Where(run => query == "" || (string?)run["table"] == query["?table=".Length..]),
        ]),
    }.ToJsonString());

    private FakeReply Cancel(string key)
    {
        if (!_submitted.ContainsKey(key)) return Refuse(404, $"there is no run {key}");
        if (_ends.TryGetValue(key, out var end) && (string?)end["state"] == "succeeded")
            return Refuse(409, $"run {key} has succeeded");
        Become(key, new JsonObject { ["state"] = "cancelled" });
        return FakeReply.Of(202, RunOf(key).ToJsonString());
    }

    private FakeReply AllDatasets() => FakeReply.Of(200, new JsonObject
    {
        ["datasets"] = new JsonArray([.. _datasets.Values.Select(each => each.DeepClone())]),
    }.ToJsonString());

    private FakeReply Dataset(string table)
    {
        if (_datasets.GetValueOrDefault(table) is { } waiting && (string?)waiting["state"] == "deleting")
        {
            if (DeletionWaits.TryDequeue(out var reason)) waiting["error"] = reason;
            else _datasets.Remove(table);
        }

        return _datasets.TryGetValue(table, out var dataset)
            ? FakeReply.Of(200, dataset.ToJsonString())
            : Refuse(404, $"There is no data set {table}");
    }

    private FakeReply Delete(string table, bool isTried)
    {
        if (!_datasets.TryGetValue(table, out var dataset)) return Refuse(404, $"There is no data set {table}");
        if (isTried)
            return FakeReply.Of(200, new JsonObject
            {
                ["table"] = table,
                ["rows"] = dataset["rows"]?.DeepClone(),
                ["bytes"] = dataset["bytes"]?.DeepClone(),
                ["files"] = dataset["files"]?.DeepClone(),
                ["runs"] = 1,
            }.ToJsonString());
        if (DeletionError is { } error) dataset["error"] = error;
        else if (DeletionWaits.Count > 0) dataset["state"] = "deleting";
        else _datasets.Remove(table);
        foreach (var key in _ends.Keys.Where(key => SpecificationOf(key).Table == table))
            _ends[key]["deleted_at"] = Time;
        return FakeReply.Of(202, new JsonObject
        {
            ["job_name"] = "ingest-delete-1",
            ["namespace"] = "tracebloc",
            ["table"] = table,
        }.ToJsonString());
    }
}
