using System.CommandLine;
using System.Globalization;
using Tracebloc.CommandLine;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Describing;

/// <summary>The flags that describe a data set, the same for every verb.</summary>
internal sealed class DescriptionArguments
{
    private readonly Option<string> _config = new("--config")
    {
        HelpName = "FILE",
        Description = "The ingest.yaml that describes the data set, in place of all flags that do. Its paths are "
            + "looked up in the data set's folder. Default: none. Example: --config ingest.yaml",
    };

    private readonly Option<string?> _table = Checked<string?>(
        "--table",
        "NAME",
        "The table, which names the data set in the cluster. Default: asked for. Example: --table cats_dogs_train",
        text => TableName.Fault(text) is { } fault ? (null, fault) : (text, null));

    private readonly Option<CategoryRules?> _category = Checked<CategoryRules?>(
        "--category",
        "CATEGORY",
        "The kind of the data set: image_classification, tabular_regression …; all are below. "
            + "Default: asked for. Example: --category image_classification",
        text => (Categories.Find(text), Categories.Fault(text)));

    private readonly Option<Intent?> _intent = Checked<Intent?>(
        "--intent",
        "train|test",
        "The use of the rows. Default: train. Example: --intent test",
        text => text switch
        {
            "train" => (Intent.Train, null),
            "test" => (Intent.Test, null),
            _ => (null, "is no intent; use train or test"),
        });

    private readonly Option<string> _label = new("--label-column")
    {
        HelpName = "COLUMN",
        Description = "The column that holds the label. Default: asked for. Example: --label-column label",
    };

    private readonly Option<LabelPolicy?> _policy = Checked<LabelPolicy?>(
        "--label-policy",
        "bucket|passthrough",
        "The part of a numeric target that leaves the cluster: the index of its bin, or the exact value. "
            + "Default: bucket. Example: --label-policy passthrough",
        text => text switch
        {
            "bucket" => (LabelPolicy.Bucket, null),
            "passthrough" => (LabelPolicy.Passthrough, null),
            _ => (null, "is no label policy; use bucket or passthrough"),
        });

    private readonly Option<ImageSize?> _target = Size(
        "--target-size",
        "The size of every image in pixels. Default: that of the first image. Example: --target-size 512x512");

    private readonly Option<ImageSize?> _least = Size(
        "--min-size", "The least size of an image in pixels. Default: any. Example: --min-size 64x64");

    private readonly Option<IReadOnlyList<Column>?> _schema = Checked<IReadOnlyList<Column>?>(
        "--schema",
        "COLUMN:TYPE,…",
        "The types of columns; those of the others are inferred from all rows. Default: all are inferred. "
            + "Example: --schema 'zip:VARCHAR(10),price:DECIMAL(10,2)'",
        SchemaText.Parse);

    private readonly Option<string> _time = new("--time-column")
    {
        HelpName = "COLUMN",
        Description = "The column of the survival time. Default: none, and times are not checked. "
            + "Example: --time-column months",
    };

    private readonly Option<int?> _keypoints = Checked<int?>(
        "--number-of-keypoints",
        "NUMBER",
        "The keypoints of every image. Default: those of the first row. Example: --number-of-keypoints 17",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? (number, null)
            : (null, "is no number of keypoints; write a whole number of at least 1"));

    private IReadOnlyList<Option> All =>
        [_table, _category, _intent, _label, _policy, _target, _least, _schema, _time, _keypoints];

    /// <param name="verb">The verb.</param>
    /// <param name="hasConfig">True where an ingest.yaml may stand in for the flags.</param>
    public void AddTo(Verb verb, bool hasConfig)
    {
        verb.Add(All);
        if (hasConfig) verb.Add(_config);
        verb.Offer(_category, [.. Categories.All.Select(rules => rules.Name)]);
        verb.Require(result =>
        {
            if (result.GetResult(_config) is null) return;
            if (All.FirstOrDefault(option => result.GetResult(option) is not null) is { } other)
                result.AddError($"--config and {other.Name} exclude each other: the file describes all of it.");
        });
    }

    public DescriptionOptions Of(ParseResult result) => new()
    {
        Table = result.GetValue(_table),
        Category = result.GetValue(_category),
        Intent = result.GetValue(_intent),
        LabelColumn = Given(result.GetValue(_label)),
        LabelPolicy = result.GetValue(_policy),
        TargetSize = result.GetValue(_target),
        MinSize = result.GetValue(_least),
        Schema = result.GetValue(_schema) ?? [],
        TimeColumn = Given(result.GetValue(_time)),
        NumberOfKeypoints = result.GetValue(_keypoints),
        Config = Given(result.GetValue(_config)),
    };

    private static string? Given(string? text) => text?.Trim() is { Length: > 0 } value ? value : null;

    private static Option<ImageSize?> Size(string name, string description) =>
        Checked<ImageSize?>(name, "WxH", description, SizeText.Parse);

    private static Option<T> Checked<T>(
        string name, string help, string description, Func<string, (T Value, string? Fault)> parse) => new(name)
        {
            HelpName = help,
            Description = description,
            CustomParser = result => parse(Parsing.Value(result)) is (_, { } fault)
                ? Parsing.Reject<T>(result, $"{name} \"{Parsing.Value(result)}\" {fault.TrimEnd('?')}"
                    + (fault.EndsWith('?') ? "?" : "."))
                : parse(Parsing.Value(result)).Value,
        };
}
