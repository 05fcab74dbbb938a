using Tracebloc.ModelUpload.Layers;
using Tracebloc.ModelUpload.Models;

namespace Tracebloc.ModelUpload.Tests.Layers;

public sealed class LayerGroupingTests
{
    private const long Mebibyte = 1024 * 1024;

    [Fact]
    public void Small_files_share_a_layer_and_large_ones_have_their_own() => Assert.Equal(
        ["a c e", "b", "d"],
        Group(("a", 1), ("b", Mebibyte + 1), ("c", Mebibyte), ("d", null), ("e", 0)));

    [Fact]
    public void A_shared_layer_has_64_MiB_at_most()
    {
        var files = Enumerable.Range(0, 130).Select(at => ($"f{at:000}", (long?)Mebibyte)).ToArray();

        var groups = LayerGrouping.Of(files, Describe);

        Assert.Equal([63, 63, 4], groups.Select(group => group.Count));
        Assert.Equal(files, groups.SelectMany(group => group));
        Assert.All(groups, group => Assert.True(LengthOf(group) <= LayerGrouping.LargestLayer));
    }

    [Fact]
    public void Headers_count_too_so_that_a_layer_of_empty_files_is_bounded()
    {
        var files = Enumerable.Range(0, 140_000).Select(at => ($"f{at:000000}", (long?)0)).ToArray();

        Assert.Equal([131_070, 8_930], LayerGrouping.Of(files, Describe).Select(group => group.Count));
    }

    private static IEnumerable<string> Group(params (string, long?)[] files) =>
        LayerGrouping.Of(files, Describe).Select(group => string.Join(' ', group.Select(file => file.Item1)));

    private static long LengthOf(IReadOnlyList<(string Path, long? Length)> group) =>
        LayerLayout.OfTar([.. group.Select(file => SomeLayer.File(file.Path, file.Length ?? 0))]).Length;

    private static (ModelPath, long?) Describe((string Path, long? Length) file) =>
        (SomeLayer.Path(file.Path), file.Length);
}
