using System.Globalization;
using System.Text.Json.Nodes;

namespace Tracebloc.Benchmarks.Submit;

/// <summary>
/// Submissions to jobs-manager, and the calls of the API server that each one takes, made by a bare client: the
/// creation of a Job, a ConfigMap and a Secret of the same content. A token is reviewed once in half a minute, and so
/// not here.
/// </summary>
internal sealed class SubmitRace(ServeStage stage)
{
    private const string Specification =
        """
        apiVersion: tracebloc.io/v1
        kind: IngestConfig
        category: tabular_classification
        table: benchmark
        intent: train
        csv: /data/shared/benchmark/rows.csv
        label: kind
        schema: {rooms: INT, area: DOUBLE}
        """;

    private int _submitted, _made;
    private JsonNode? _job;

    public async Task<Race> RunAsync(Rounds rounds, CancellationToken token)
    {
        await SubmitAsync(token);
        var jobs = await GetAsync($"apis/batch/v1/namespaces/{stage.Namespace}/jobs", token);
        _job = jobs["items"]?[0] ?? throw new InvalidOperationException("jobs-manager has made no Job.");
        return await Stopwatches.RaceAsync(
            [(SubmitScenario.Submission, SubmitAsync), (SubmitScenario.ApiServer, MakeAsync)], rounds, token);
    }

    private async Task SubmitAsync(CancellationToken token)
    {
        var body = new JsonObject
        {
            ["ingest_config"] = Specification,
            ["idempotency_key"] = string.Create(CultureInfo.InvariantCulture, $"benchmark-{_submitted++}"),
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "internal/submit-ingestion-run")
        {
            Content = ServeStage.Json(body.ToJsonString()),
        };
        request.Headers.Authorization = new("Bearer", stage.Token);
        using var answer = await stage.Server.Client.SendAsync(request, token);
        if ((int)answer.StatusCode != 201)
            throw new InvalidOperationException(
                $"A submission got {answer.StatusCode}: {await answer.Content.ReadAsStringAsync(token)}");
    }

    private async Task MakeAsync(CancellationToken token)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"alone-{_made++}");
        await PostAsync($"apis/batch/v1/namespaces/{stage.Namespace}/jobs", Job(name), token);
        await PostAsync(
            $"api/v1/namespaces/{stage.Namespace}/configmaps", Holder("ConfigMap", name, Specification), token);
        await PostAsync(
            $"api/v1/namespaces/{stage.Namespace}/secrets", Holder("Secret", name, new string('0', 400)), token);
    }

    private JsonObject Job(string name)
    {
        var spec = _job?["spec"]?.DeepClone() as JsonObject ?? [];
        spec.Remove("selector");
        (spec["template"]?["metadata"] as JsonObject)?.Remove("labels");
        return new JsonObject
        {
            ["apiVersion"] = "batch/v1",
            ["kind"] = "Job",
            ["metadata"] = new JsonObject { ["name"] = name },
            ["spec"] = spec,
        };
    }

    private static JsonObject Holder(string kind, string name, string text) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = name },
        [kind == "Secret" ? "stringData" : "data"] = new JsonObject { ["text"] = text },
    };

    private async Task<JsonNode> GetAsync(string path, CancellationToken token) =>
        JsonNode.Parse(await stage.Api.GetStringAsync(path, token)) ?? throw new FormatException($"{path} is null.");

    private async Task PostAsync(string path, JsonObject body, CancellationToken token)
    {
        using var answer = await stage.Api.PostAsync(path, ServeStage.Json(body.ToJsonString()), token);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(
                $"{path} got {answer.StatusCode}: {await answer.Content.ReadAsStringAsync(token)}");
        await answer.Content.ReadAsByteArrayAsync(token);
    }
}
