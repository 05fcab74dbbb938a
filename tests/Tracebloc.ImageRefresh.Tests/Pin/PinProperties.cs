using FsCheck;
using FsCheck.Fluent;
using Tracebloc.ImageRefresh.Tests.Planning;
using YamlDotNet.RepresentationModel;

namespace Tracebloc.ImageRefresh.Tests.Pin;

/// <summary>However values are written, only their digests change.</summary>
public sealed class PinProperties
{
    [Fact]
    public void Every_character_outside_the_digests_stays() => Holds(values =>
    {
        Assert.Equal(values.Pinned, PinOf.Pinned(values.Before));
        Assert.Equal(values.Unpinned, PinOf.Unpinned(values.Before));
    });

    [Fact]
    public void Every_value_but_the_digests_stays() => Holds(values =>
    {
        var (before, after) = (Leaves(values.Before), Leaves(PinOf.Pinned(values.Before)));
        Assert.Equal(before.Select(leaf => leaf.Path), after.Select(leaf => leaf.Path));
        Assert.All(before.Zip(after), pair => Assert.True(
            pair.First.Value == pair.Second.Value || IsPinned(pair.Second), $"{pair.First} became {pair.Second}"));
        Assert.Contains(after, IsPinned);
    });

    [Fact]
    public void Pinning_twice_is_pinning_once() =>
        Holds(values => Assert.Equal(values.Pinned, PinOf.Pinned(PinOf.Pinned(values.Before))));

    [Fact]
    public void Unpinning_takes_pinning_back() =>
        Holds(values => Assert.Equal(values.Restored, PinOf.Unpinned(PinOf.Pinned(values.Before))));

    private static void Holds(Action<GeneratedValues> property) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(12),
        Prop.ForAll(GeneratedValues.Arbitrary, property));

    private static bool IsPinned((string Path, string Value) leaf) =>
        leaf.Path.StartsWith("/images/web", StringComparison.Ordinal)
            && leaf.Value.EndsWith(Some.A.ToString(), StringComparison.Ordinal);

    private static List<(string Path, string Value)> Leaves(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return [.. Leaves("", yaml.Documents.Single().RootNode)];
    }

    private static IEnumerable<(string Path, string Value)> Leaves(string path, YamlNode node) => node switch
    {
        YamlMappingNode mapping => mapping.Children.SelectMany(entry => Leaves($"{path}/{entry.Key}", entry.Value)),
        YamlSequenceNode sequence => sequence.Children.SelectMany((item, index) => Leaves($"{path}/{index}", item)),
        _ => [(path, ((YamlScalarNode)node).Value ?? "")],
    };
}
