using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Cli.Staging;
using Tracebloc.Kubernetes;

namespace Tracebloc.Cli.Tests.Staging;

public sealed class StageNamesTests
{
    [Theory]
    [InlineData("cats_dogs_train", "tracebloc-stage-cats-dogs-train-0a1b2c3d")]
    [InlineData("CATS", "tracebloc-stage-cats-0a1b2c3d")]
    [InlineData("_", "tracebloc-stage-table-0a1b2c3d")]
    [InlineData("a_very_long_name_of_a_table_with_more", "tracebloc-stage-a-very-long-name-of-a-table-wi-0a1b2c3d")]
    public void A_pod_is_named_after_its_table(string table, string name) =>
        Assert.Equal(name, StageNames.Pod(table, "0a1b2c3d"));

    [Theory]
    [InlineData("cats_dogs", "cats_dogs")]
    [InlineData("_cats_", "cats")]
    [InlineData("__", "table")]
    public void A_label_has_what_it_can_of_the_table(string table, string label) =>
        Assert.Equal(label, StageNames.Label(table));

    [Fact]
    public void Every_name_is_one_that_Kubernetes_takes() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<string>().Filter(text => text is not null),
        table => KubernetesName.IsLabel(StageNames.Pod(table, "0a1b2c3d")) && IsLabelValue(StageNames.Label(table))));

    private static bool IsLabelValue(string value) => value.Length is > 0 and <= 63
        && char.IsAsciiLetterOrDigit(value[0]) && char.IsAsciiLetterOrDigit(value[^1])
        && value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}
