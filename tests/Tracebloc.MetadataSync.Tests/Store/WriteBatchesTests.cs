using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Tests.Store;

public sealed class WriteBatchesTests
{
    [Theory]
    [InlineData(0, 0, "")]
    [InlineData(1, 8 << 20, "1")]
    [InlineData(3, 8 << 20, "1 1 1")]
    [InlineData(5, 1 << 20, "3 2")]
    [InlineData(2_500, 0, "1000 1000 500")]
    public void A_transaction_is_bounded_in_objects_and_bytes(int count, int bytes, string sizes)
    {
        var write = new RowWrite(new SomeObject { Spec = $"\"{new string('x', bytes)}\"" }.Read());

        Assert.Equal(
            sizes,
            string.Join(' ', WriteBatches.Of([.. Enumerable.Repeat(write, count)]).Select(batch => batch.Count)));
    }
}
