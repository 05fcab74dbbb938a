using System.Buffers;
using System.Text.Json;
using Tracebloc.Ingestion.Labels;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Reporting;

/// <summary>
/// Everything that leaves the cluster about a data set: ids, labels by their policy, the intent, the names and types of
/// feature columns, the form of the files, the names of table, category and run. No value of a feature and no content
/// of a file has a way into it.
/// </summary>
public sealed class CentralReport
{
    private readonly IngestSpecification _specification;
    private readonly string _ingestorId;
    private readonly string _title;
    private readonly BinBoundaries? _bins;

    /// <summary>The report of one run.</summary>
    /// <param name="specification">The data set.</param>
    /// <param name="ingestorId">The id of the run, which its rows carry.</param>
    /// <param name="title">The title that the operator chose; null: category and run.</param>
    /// <param name="bins">The bins of the label; null where its values leave as they are.</param>
    public CentralReport(
        IngestSpecification specification, string ingestorId, string? title = null, BinBoundaries? bins = null)
    {
        ArgumentNullException.ThrowIfNull(specification);
        (_specification, _ingestorId, _bins) = (specification, ingestorId, bins);
        _title = title ?? TitleOf(specification.Category, ingestorId);
    }

    /// <summary>Asks for another token, with the one that is no longer accepted.</summary>
    public static CentralRequest Login { get; } =
        new(CentralCall.Login, CentralCall.Login.Path, Json(writer => WriteObject(writer, () => { })));

    /// <summary>The title of a data set for which the operator chose none.</summary>
    /// <param name="category">The category.</param>
    /// <param name="ingestorId">The id of the run.</param>
    public static string TitleOf(string category, string ingestorId) => $"{category}_{ingestorId}";

    /// <summary>The calls after the batches, in their order.</summary>
    public IReadOnlyList<CentralRequest> Registration =>
    [
        .. _specification.Label is null
            ? Array.Empty<CentralRequest>()
            : [Get(CentralCall.EdgeLabels, _specification.Table, _ingestorId, Intent)],
        Post(CentralCall.Metadata, Json(WriteMetadata)),
        Get(CentralCall.Preparation, _specification.Category, _ingestorId, _specification.Rules.FormatName, Intent),
        Post(CentralCall.Dataset, Json(WriteDataset)),
    ];

    private string Intent => _specification.Intent.ToString().ToLowerInvariant();

    /// <summary>Some rows.</summary>
    public CentralRequest Batch(IReadOnlyList<CentralRow> rows) => Post(CentralCall.Batch, Json(writer =>
    {
        writer.WriteStartArray();
        foreach (var row in rows) WriteObject(writer, () => WriteRow(writer, row));
        writer.WriteEndArray();
    }));

    private void WriteRow(Utf8JsonWriter writer, CentralRow row)
    {
        writer.WriteString("data_id", row.DataId);
        writer.WriteString("data_intent", Intent);
        if (row.Label.Bin is { } bin) writer.WriteNumber("label", bin);
        else writer.WriteString("label", row.Label.Text);
        writer.WriteBoolean("is_sample", false);
        // The spelling of the wire.
        writer.WriteString("injestor_id", _ingestorId);
    }

    private void WriteMetadata(Utf8JsonWriter writer) => WriteObject(writer, () =>
    {
        writer.WriteString("table_name", _specification.Table);
        writer.WriteStartObject("schema");
        foreach (var column in _specification.Features) writer.WriteString(column.Name, column.Type.Declared);
        writer.WriteEndObject();
        writer.WriteStartObject("meta_data");
        WriteFiles(writer, _specification.Files);
        if (_bins is not null) WriteBins(writer, _bins);
        writer.WriteEndObject();
    });

    private static void WriteFiles(Utf8JsonWriter writer, Specifications.FileOptions files)
    {
        WriteSize(writer, "target_size", files.TargetSize);
        WriteSize(writer, "min_size", files.MinSize);
        if (files.Extension is { } extension) writer.WriteString("extension", extension);
        if (files.NumberOfKeypoints is { } keypoints) writer.WriteNumber("number_of_keypoints", keypoints);
    }

    private static void WriteSize(Utf8JsonWriter writer, string name, ImageSize? size)
    {
        if (size is null) return;
        writer.WriteStartArray(name);
        writer.WriteNumberValue(size.Width);
        writer.WriteNumberValue(size.Height);
        writer.WriteEndArray();
    }

    // Neither the ends of the outer bins nor the rows of a bin leave.
    private static void WriteBins(Utf8JsonWriter writer, BinBoundaries bins)
    {
        writer.WriteStartObject("label_bins");
        writer.WriteString("policy", "bucket");
        writer.WriteString("strategy", "quantile");
        writer.WriteNumber("bins", bins.Bins);
        writer.WriteStartArray("boundaries");
        foreach (var cut in bins.Cuts) writer.WriteRawValue(cut.Text);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteDataset(Utf8JsonWriter writer) => WriteObject(writer, () =>
    {
        writer.WriteString("title", _title);
        writer.WriteBoolean("allow_feature_modification", _specification.Rules.AllowsFeatureModification);
    });

    private CentralRequest Post(CentralCall call, ReadOnlyMemory<byte> body) => new(
        call,
        call.Path.Replace(CentralCall.Table, Uri.EscapeDataString(_specification.Table), StringComparison.Ordinal),
        body);

    private static CentralRequest Get(CentralCall call, params IReadOnlyList<string> values) => new(
        call,
        $"{call.Path}?{string.Join('&', call.QueryKeys.Zip(values, Pair))}",
        default);

    private static string Pair(string key, string value) => $"{key}={Uri.EscapeDataString(value)}";

    private static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) write(writer);
        return buffer.WrittenMemory;
    }

    private static void WriteObject(Utf8JsonWriter writer, Action members)
    {
        writer.WriteStartObject();
        members();
        writer.WriteEndObject();
    }
}
