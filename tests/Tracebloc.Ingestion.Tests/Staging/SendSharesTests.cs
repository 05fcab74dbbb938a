using Tracebloc.Ingestion.Staging;

namespace Tracebloc.Ingestion.Tests.Staging;

public sealed class SendSharesTests
{
    [Fact]
    public void A_large_file_has_a_stream_of_its_own()
    {
        var shares = SendShares.Of([Item(0, 1 << 20), Item(1, 900 << 20), Item(2, 2 << 20), Item(3, 3 << 20)], 2);

        Assert.Equal([[1], [0, 2, 3]], shares.Select(share => share.Select(item => item.Index)));
    }

    [Theory]
    [InlineData(1, 100, 1)]
    [InlineData(4, 100, 4)]
    [InlineData(4, 2, 1)]
    [InlineData(8, 20, 2)]
    public void A_stream_is_opened_for_8_MiB_at_least(int streams, int files, int expected) => Assert.Equal(
        expected, SendShares.Of([.. Enumerable.Range(0, files).Select(index => Item(index, 1 << 20))], streams).Count);

    [Fact]
    public void Nothing_to_send_is_one_empty_share() => Assert.Empty(Assert.Single(SendShares.Of([], 4)));

    [Fact]
    public void What_is_there_already_costs_nothing()
    {
        var part = new HeldFile(0, 90 << 20, default, IsWhole: false);

        var shares = SendShares.Of([Item(0, 100 << 20) with { Part = part }, Item(1, 20 << 20)], 2);

        Assert.Equal([[1], [0]], shares.Select(share => share.Select(item => item.Index)));
    }

    private static SendItem Item(int index, long size) => new(index, size, null);
}
