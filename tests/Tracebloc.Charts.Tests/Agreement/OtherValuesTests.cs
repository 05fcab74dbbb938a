using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Agreement;

/// <summary>
/// No key is without effect: each one, given another value than its default, changes what is installed. The other
/// values stand in other-values.yaml. The chart is one that carries a key, since one key of the values is about that.
/// </summary>
public sealed class OtherValuesTests(SignedChart signed) : IClassFixture<SignedChart>
{
    private static readonly IReadOnlyList<OtherValue> Others = OtherValue.ReadAll();

    public static TheoryData<string> Keys => [.. Others.Select(other => other.Path)];

    [Fact]
    public void Every_key_has_another_value_here() => Assert.Equal(
        ValuesFile.Of(Chart.Client).Leaves.Select(key => key.Path).Order(), Others.Select(other => other.Path).Order());

    /// <summary>Else the next test would see a difference where there is none.</summary>
    [Fact]
    public async Task The_same_values_install_the_same()
    {
        var (once, again) = (new Chart("charts/client"), new Chart("charts/client"));

        Assert.Equal((await once.RenderAsync()).LastingText, (await again.RenderAsync()).LastingText);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Another_value_changes_what_is_installed(string key)
    {
        var other = Others.Single(one => one.Path == key);

        var before = await signed.Chart.RenderAsync(other.Without);
        var after = await signed.Chart.RenderAsync(other.With);

        Assert.NotEqual(before.LastingText, after.LastingText);
    }
}
