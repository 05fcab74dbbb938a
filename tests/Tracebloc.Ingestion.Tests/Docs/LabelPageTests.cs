using System.Text;
using Tracebloc.Configuration;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Labels;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Testing;

namespace Tracebloc.Ingestion.Tests.Docs;

/// <summary>docs/ingest-v1.md: the label of an example as it leaves the cluster.</summary>
public sealed class LabelPageTests : IDisposable
{
    private static readonly MarkedPage Page = MarkedPage.IngestV1;

    private const string Run = "0d9a2c51-7f44-4c8e-b0a6-5e1f3d2c9b87";

    private static readonly string[] Ids =
    [
        "4b1c8f0e-6d3a-8a57-9c22-0f9d1e7b3a64", "c07e52d9-11b8-8f3c-a4d1-92e6b8503f17",
        "9f3d6a28-e05c-8b94-8e7a-3c41d0f7625b",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("labels-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("ingest-passthrough", LabelPolicy.Passthrough)]
    [InlineData("ingest-bucket", LabelPolicy.Bucket)]
    public async Task The_documented_requests_are_those_of_the_example(string name, LabelPolicy policy)
    {
        var specification = Read(policy);
        var bins = policy == LabelPolicy.Bucket ? await BinsAsync(specification) : null;
        var report = new CentralReport(specification, Run, bins: bins);
        var label = Assert.IsType<LabelSpecification>(specification.Label);
        var labels = new OutgoingLabels(label, Type(specification), bins);

        Page.VerifyBlock(
            name,
            [
                .. (await PricesAsync(specification)).Zip(Ids).SelectMany(row => Lines(
                    $"price {(row.First.Length == 0 ? "missing" : row.First)}",
                    report.Batch([new(row.Second, labels.Of(row.First.Length == 0, Bytes(row.First)))]))),
                .. Lines("data set", report.Registration.Single(request => request.Call == CentralCall.Metadata)),
            ]);
    }

    private static IEnumerable<string> Lines(string subject, CentralRequest request) =>
        [$"{subject}: {request}", $"  {Encoding.UTF8.GetString(request.Body.Span)}"];

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private IngestSpecification Read(LabelPolicy policy)
    {
        var example = new IngestExample("tabular_regression");
        example.CopyTo(_folder.FullName);
        var read = IngestDocument.Read(example.Specification, new ConfigurationErrors("ingest.yaml"));
        var specification = Assert.IsType<IngestSpecification>(read);
        var label = Assert.IsType<LabelSpecification>(specification.Label);
        return policy == LabelPolicy.Bucket
            ? specification
            : specification with { Label = label with { Policy = policy, Bucket = null } };
    }

    private static SqlType Type(IngestSpecification specification) =>
        Assert.IsType<SqlType>(LabelColumn.TypeOf(specification));

    private async Task<BinBoundaries> BinsAsync(IngestSpecification specification)
    {
        await using var records = await OpenAsync(specification);
        var result = await ValidationRun.RunAsync(
            new(specification, records, _folder.FullName, new ManualTimeProvider()),
            null,
            TestContext.Current.CancellationToken);
        return Assert.IsType<BinBoundaries>(result.Boundaries);
    }

    /// <summary>The first two labels, and the missing one.</summary>
    private async Task<IReadOnlyList<string>> PricesAsync(IngestSpecification specification)
    {
        await using var records = await OpenAsync(specification);
        using var batch = Assert.IsType<RecordBatch>(await records.ReadAsync(TestContext.Current.CancellationToken));
        var place = records.Header.IndexOf("price");
        return [.. new[] { 0, 1, 49 }.Select(row => Encoding.UTF8.GetString(batch[row, place]))];
    }

    private Task<RecordReader> OpenAsync(IngestSpecification specification) => RecordSource.OpenAsync(
        new(DatasetFolder.Of(specification, _folder.FullName).Source, "rows.csv"),
        specification,
        TestContext.Current.CancellationToken);
}
