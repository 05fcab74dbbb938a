using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Tracebloc.Net;

namespace Tracebloc.Ingestion.Submitting;

/// <summary>Reads the answers of jobs-manager; another program at its address may answer anything.</summary>
internal static class AnswerText
{
    /// <returns>Null where the answer is none of this type.</returns>
    public static T? Read<T>(HttpAnswer answer, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Text, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <exception cref="SubmittingException">The answer is none of this type.</exception>
    public static T Require<T>(HttpAnswer answer, JsonTypeInfo<T> type, string wanted)
        where T : class => Read(answer, type) ?? throw Fault(answer, $"without {wanted}: {Line.Of(answer.Text)}");

    public static SubmittingException Fault(HttpAnswer answer, string fault) =>
        new(SubmittingFailure.Failed, $"jobs-manager answered {answer.Status} {fault}") { Status = answer.Status };
}

/// <summary>An answer of jobs-manager that is no success.</summary>
internal sealed record RefusalJson
{
    public string? Detail { get; init; }

    public IReadOnlyList<RefusalErrorJson?>? Errors { get; init; }
}

/// <summary>A fault of the file.</summary>
internal sealed record RefusalErrorJson
{
    public string? Path { get; init; }

    public int? Line { get; init; }

    public string? Message { get; init; }
}

/// <summary>A list of runs.</summary>
internal sealed record RunsJson(IReadOnlyList<RunReport> Runs);

/// <summary>A list of data sets.</summary>
internal sealed record DatasetsJson(IReadOnlyList<DatasetReport> Datasets);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AcceptedRun))]
[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(RunsJson))]
[JsonSerializable(typeof(DatasetReport))]
[JsonSerializable(typeof(DatasetsJson))]
[JsonSerializable(typeof(DatasetDeletion))]
[JsonSerializable(typeof(DatasetLoss))]
[JsonSerializable(typeof(RefusalJson))]
internal sealed partial class AnswerContext : JsonSerializerContext;
