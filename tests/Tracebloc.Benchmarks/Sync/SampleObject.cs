using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Objects;

namespace Tracebloc.Benchmarks.Sync;

/// <summary>An object of 4 KB with three labels and two annotations, as etcd keeps it.</summary>
internal static class SampleObject
{
    private const int Bytes = 4_000, Parameter = 64;

    // The API server adds the version.
    private const int Added = 40;

    public static string NameOf(int place) => string.Create(CultureInfo.InvariantCulture, $"run-{place:d7}");

    public static JsonObject Make(Kind kind, string ns, int place, Guid uid, bool isHeld)
    {
        var metadata = new JsonObject
        {
            ["name"] = NameOf(place),
            ["namespace"] = ns,
            ["uid"] = uid.ToString(),
            ["creationTimestamp"] = "2026-11-30T12:00:00Z",
            ["generation"] = 1,
            ["labels"] = new JsonObject
            {
                [SyncLabel.All[0].Key] = SyncLabel.All[0].ValueOf(place),
                [SyncLabel.All[1].Key] = SyncLabel.All[1].ValueOf(place),
                ["app.kubernetes.io/name"] = "benchmark",
            },
            ["annotations"] = new JsonObject
            {
                ["benchmark.example/description"] = "an object of the benchmark, like many others",
                ["benchmark.example/source"] = $"https://git.example/team/{place}",
            },
        };
        if (isHeld) metadata["finalizers"] = new JsonArray(Marks.Finalizer);
        var parameters = new JsonArray();
        var made = new JsonObject
        {
            ["apiVersion"] = kind.GroupVersion,
            ["kind"] = kind.Name,
            ["metadata"] = metadata,
            ["spec"] = new JsonObject
            {
                ["algorithm"] = place % 3 == 0 ? "xgboost" : "linear",
                ["owner"] = new JsonObject { ["name"] = $"person-{place % 50}" },
                ["revisionId"] = place,
                ["parameters"] = parameters,
            },
            ["status"] = new JsonObject { ["state"] = "Succeeded", ["endTime"] = "2026-11-30T12:34:56Z" },
        };
        Fill(parameters, Bytes - Added - Length(made), uid);
        return made;
    }

    private static int Length(JsonObject made) => Encoding.UTF8.GetByteCount(made.ToJsonString());

    private static void Fill(JsonArray parameters, int bytes, Guid uid)
    {
        for (var place = 0; bytes > 0; place++)
        {
            var parameter = new JsonObject { ["name"] = $"parameter-{place}", ["value"] = "" };
            var room = Math.Min(Parameter, Math.Max(0, bytes - parameter.ToJsonString().Length - 1));
            parameter["value"] = string.Concat(Enumerable.Repeat($"{uid:n}", 2))[..room];
            parameters.Add((JsonNode)parameter);
            bytes -= parameter.ToJsonString().Length + 1;
        }
    }
}
