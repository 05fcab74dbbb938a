using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Configuration;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Tests.Specifications;

/// <summary>The reader and the schema come to one verdict, but for the rules that a schema cannot express.</summary>
public sealed partial class AgreementProperties
{
    private static readonly Config Many = Config.Default.WithMaxTest(1000).WithQuietOnSuccess(true);

    [Fact]
    public void Both_judges_agree() => Prop.ForAll(
        DocumentMutations.Documents().ToArbitrary(),
        document =>
        {
            var errors = Errors(document);
            return SecondJudge.Accepts(document)
                ? errors.All(error => ReaderAlone().IsMatch(error.Message))
                : errors is not [];
        }).Check(Many.WithRunner(Config.QuickThrowOnFailure.Runner));

    [Fact]
    public void Generated_documents_are_valid_and_invalid()
    {
        var verdicts = DocumentMutations.Documents().Sample(400).Select(SecondJudge.Accepts).ToList();

        Assert.InRange(verdicts.Count(valid => valid), 50, 350);
    }

    [Theory]
    [InlineData("tabular_classification", "petals: INT", "petals: INTT")]
    [InlineData("tabular_classification", "petals: INT", "Status: INT")]
    [InlineData("tabular_classification", "petals: INT", "Length: INT")]
    [InlineData("tabular_classification", "table: birds", "table: tracebloc_ingest_v1_runs")]
    [InlineData("tabular_regression", "rooms: INT", "price: DATE")]
    [InlineData("tabular_regression", "intent: train", "intent: train\ndata_id: {strategy: column, column: Price}")]
    [InlineData("time_series_forecasting", "TIMESTAMP", "DATE")]
    [InlineData("time_series_classification", "BIGINT", "TEXT")]
    [InlineData("embeddings", "intent: train", "intent: train\nspec: {file_options: {extension: .png}}")]
    [InlineData("embeddings", "intent: train", "intent: train\nspec: {csv_options: {delimiter: '\\s+'}}")]
    [InlineData("embeddings", "intent: train", "intent: train\nspec: {csv_options: {delimiter: '\"'}}")]
    public void The_reader_alone_refuses(string category, string from, string to)
    {
        var text = SpecificationText.Of(category).Replace(from, to);

        Assert.Matches(ReaderAlone(), Assert.Single(SpecificationText.Errors(text)));
        Assert.True(SecondJudge.Accepts(SpecificationText.Json(text)));
    }

    [Fact]
    public void Null_is_absent_as_helm_removes_it() =>
        Assert.Empty(SpecificationText.Errors(SpecificationText.Of("embeddings") + "label: null\njson:\n"));

    private static IReadOnlyList<ConfigurationError> Errors(JsonObject document)
    {
        var errors = new ConfigurationErrors("ingest.json");
        IngestDocument.Parse(document.ToJsonString(), errors);
        return errors.InOrder();
    }

    // The grammar of types, names of columns, and rules between two values.
    [GeneratedRegex(
        "is not a column type|is a column of every table|is the same column as|is reserved:|bins need a numeric type"
        + "|must have TIMESTAMP|is no extension of|is a regular expression|delimiter contains the"
        + "|is the label with policy: bucket, whose")]
    private static partial Regex ReaderAlone();
}
