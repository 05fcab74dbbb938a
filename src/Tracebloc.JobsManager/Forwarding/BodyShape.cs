using System.Text;
using System.Text.Json;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.JobsManager.Tokens;

namespace Tracebloc.JobsManager.Forwarding;

/// <summary>The form of a call's body: an object, or an array of objects, with exactly these members.</summary>
/// <param name="IsArray">True for an array of objects.</param>
/// <param name="Members">All members; none may be missing, repeated or added.</param>
/// <remarks>A member more could carry the values of features out of the cluster.</remarks>
internal sealed record BodyShape(bool IsArray, params IReadOnlyList<BodyMember> Members)
{
    private static readonly JsonTokenType[] Text = [JsonTokenType.String], Map = [JsonTokenType.StartObject],
        Flag = [JsonTokenType.True, JsonTokenType.False],
        Label = [JsonTokenType.String, JsonTokenType.Number, JsonTokenType.Null];

    /// <summary>The form of a call's body; null for a call without one, or with one that is not passed on.</summary>
    public static BodyShape? Of(CentralCall call, RunClaims claims) => call switch
    {
        _ when call == CentralCall.Batch => new(
            true,
            new("data_id", Text),
            new("data_intent", Text, [claims.Intent]),
            new("label", Label),
            new("is_sample", [JsonTokenType.False]),
            new("injestor_id", Text, [claims.IngestorId])),
        _ when call == CentralCall.Metadata => new(
            false, new("table_name", Text, [claims.Table]), new("schema", Map), new("meta_data", Map)),
        _ when call == CentralCall.Dataset => new(
            false, Title(claims.IngestorId), new("allow_feature_modification", Flag)),
        _ => null,
    };

    private static BodyMember Title(string ingestorId) => new(
        "title",
        Text,
        [.. Categories.All.Select(category => CentralReport.TitleOf(category.Name, ingestorId))])
    {
        Shown = CentralReport.TitleOf("CATEGORY", ingestorId),
    };
}

/// <summary>A member of a body.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kinds">The tokens that its value may begin with.</param>
/// <param name="Values">The only texts that it may have; null: any.</param>
internal sealed record BodyMember(
    string Name, IReadOnlyList<JsonTokenType> Kinds, IReadOnlyList<string>? Values = null)
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(Name);
    private readonly byte[][]? _values = Values is null ? null : [.. Values.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Its values in a message.</summary>
    public string Shown { get; init; } = Values is [var only] ? only : "";

    /// <summary>True for its name, written without escapes.</summary>
    public bool IsNamedBy(in Utf8JsonReader reader) => !reader.ValueIsEscaped && reader.ValueSpan.SequenceEqual(_name);

    /// <summary>True where any value is right, or this one is listed and written without escapes.</summary>
    public bool Accepts(in Utf8JsonReader reader)
    {
        if (_values is null) return true;
        if (reader.ValueIsEscaped) return false;
        foreach (var value in _values)
            if (reader.ValueSpan.SequenceEqual(value)) return true;
        return false;
    }
}
