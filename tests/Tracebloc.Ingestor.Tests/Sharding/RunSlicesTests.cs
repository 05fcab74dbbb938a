using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestor.Sharding;

namespace Tracebloc.Ingestor.Tests.Sharding;

/// <summary>The order in which pods take slices, and the slices that follow each other.</summary>
public sealed class RunSlicesTests
{
    [Fact]
    public void A_pod_begins_with_its_own_share_and_passes_over_what_is_validated()
    {
        var slices = Of((0, 10), null, null, null);

        Assert.Equal([2, 3, 1], slices.OpenTo(1, 2).Select(slice => slice.Number));
        Assert.Equal([1, 2, 3], slices.OpenTo(0, 2).Select(slice => slice.Number));
    }

    [Fact]
    public void Slices_that_follow_each_other_are_right()
    {
        var chain = Of((0, 12), (12, 20), (20, 31), (31, 40)).Chain();

        Assert.True(chain.IsComplete);
        Assert.Null(chain.Again);
        Assert.Equal([0, 1, 2, 3], chain.Right.Select(slice => slice.Number));
    }

    [Fact]
    public void Slices_behind_one_that_is_open_may_be_right()
    {
        var chain = Of((0, 12), null, (20, 31), (32, 40)).Chain();

        Assert.Equal((false, 1), (chain.IsComplete, chain.Right.Count));
        Assert.Null(chain.Again);
    }

    [Fact]
    public void A_slice_that_begins_elsewhere_is_read_again_from_the_end_of_the_one_before()
    {
        var chain = Of((0, 12), (13, 20), (20, 31), (31, 40)).Chain();

        Assert.False(chain.IsComplete);
        Assert.Equal(new SourceSlice(12, 20, IsExact: true), chain.Again?.Slice);
    }

    [Fact]
    public void A_guess_that_breaks_off_is_read_again_and_a_known_beginning_ends_the_file()
    {
        var slices = Of((0, 12), (12, 15), null, null);
        var guess = slices.Slices[1] with { Found = new FoundSlice(12, 15, 1, IsWhole: false, []) };
        var exact = guess with { Slice = new SourceSlice(12, 20, IsExact: true) };

        Assert.Equal(exact.Slice, (slices with { Slices = [slices.Slices[0], guess] }).Chain().Again?.Slice);
        var chain = (slices with { Slices = [slices.Slices[0], exact, .. slices.Slices.Skip(2)] }).Chain();
        Assert.Equal((true, 2), (chain.IsComplete, chain.Right.Count));
    }

    [Fact]
    public void A_slice_in_which_no_record_begins_is_not_waited_for()
    {
        var chain = Of((0, 21), null, (21, 31), (31, 40)).Chain();

        Assert.True(chain.IsComplete);
        Assert.Equal([0, 2, 3], chain.Right.Select(slice => slice.Number));
    }

    private static RunSlices Of(params (long Begin, long End)?[] found) => new(
        [],
        "digest",
        [
            .. SourceSlice.Cut(10 * found.Length, found.Length).Zip(found, (slice, place) =>
                new SliceRecord((int)(slice.From / 10), slice, place is null ? SliceState.Open : SliceState.Done)
                {
                    Found = place is var (begin, end) ? new FoundSlice(begin, end, 1, IsWhole: true, []) : null,
                }),
        ]);
}
