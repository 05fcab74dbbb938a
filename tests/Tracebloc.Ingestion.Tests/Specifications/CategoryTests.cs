using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Tests.Specifications;

public sealed class CategoryTests
{
    public static TheoryData<string> Names => [.. Categories.All.Select(rules => rules.Name)];

    [Fact]
    public void There_are_sixteen_categories() => Assert.Equal(
        [
            "image_classification", "object_detection", "keypoint_detection", "semantic_segmentation",
            "text_classification", "token_classification", "sentence_pair_classification", "masked_language_modeling",
            "causal_language_modeling", "seq2seq", "embeddings", "tabular_classification", "tabular_regression",
            "time_series_forecasting", "time_series_classification", "time_to_event_prediction",
        ],
        Categories.All.Select(rules => rules.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_category_is_whole(string name)
    {
        var rules = Rules(name);

        Assert.Equal(rules.Validators.Distinct(), rules.Validators);
        Assert.Equal(ValidatorName.Duplicate, rules.Validators[^1]);
        Assert.Contains(ValidatorName.Data, rules.Validators);
        Assert.Equal(rules.Format == DataFormat.Tabular, rules.Folders is []);
        Assert.Equal(rules.Format == DataFormat.Tabular, rules.Extension is null);
        Assert.Equal(rules.Format == DataFormat.Tabular, rules.NeedsSchema);
        Assert.True(rules.Extension is null || rules.Extensions.Contains(rules.Extension));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_rule_has_its_validator(string name)
    {
        var rules = Rules(name);

        Assert.Equal(rules.Pairing is not null, rules.Validators.Contains(ValidatorName.FilePairing));
        Assert.Equal(rules.Pairing is not null, rules.Folders.Count == 2);
        Assert.Equal(rules.HasKeypoints, rules.Validators.Contains(ValidatorName.KeypointAnnotation));
        Assert.Equal(rules.VisibilityColumn is not null, rules.Validators.Contains(ValidatorName.KeypointVisibility));
        Assert.Equal(rules.HasTimeColumn, rules.Validators.Contains(ValidatorName.TimeToEvent));
        Assert.Equal(rules.Tokenizer is not null, rules.Validators.Contains(ValidatorName.Tokenizer));
        Assert.Equal(rules.Fields is not null, rules.Validators.Contains(ValidatorName.RecordShape));
        Assert.Equal(rules.HasImages, rules.Validators.Contains(ValidatorName.ImageResolution));
        Assert.Equal(rules.Folders is not [], rules.Validators.Contains(ValidatorName.FilesExist));
        Assert.Equal(rules.Label != LabelRule.Forbidden, rules.Validators.Contains(ValidatorName.Label));
        Assert.Equal(
            rules.Label == LabelRule.RequiredWithPolicy, rules.Validators.Contains(ValidatorName.NumericLabel));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_smallest_document_is_valid(string name)
    {
        var specification = SpecificationText.Read(SpecificationText.Of(name));

        Assert.Same(Rules(name), specification.Rules);
        Assert.True(SecondJudge.Accepts(SpecificationText.Json(SpecificationText.Of(name))));
        Assert.Empty(specification.Warnings);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_missing_key_is_named_with_a_remedy(string name)
    {
        foreach (var key in Rules(name).RequiredKeys)
        {
            var lines = SpecificationText.Of(name).Split('\n').Where(line => !line.StartsWith($"{key}:"));

            var error = Assert.Single(SpecificationText.Errors(string.Join('\n', lines)));

            Assert.Matches($"^ingest.yaml:1: {key} is missing; write ", error);
            Assert.False(SecondJudge.Accepts(SpecificationText.Json(string.Join('\n', lines))));
        }
    }

    private static CategoryRules Rules(string name) => Assert.IsType<CategoryRules>(Categories.Find(name));
}
