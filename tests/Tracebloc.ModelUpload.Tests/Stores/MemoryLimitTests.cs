using Tracebloc.ModelUpload.Stores;

namespace Tracebloc.ModelUpload.Tests.Stores;

public sealed class MemoryLimitTests
{
    private const long MiB = 1024 * 1024;

    [Theory]
    [InlineData(64, 32)]
    [InlineData(256, 64)]
    [InlineData(512, 128)]
    [InlineData(16_384, 128)]
    public void Buffers_take_a_quarter_of_the_container_within_bounds(long limit, long expected) =>
        Assert.Equal(expected * MiB, MemoryLimit.Of(limit * MiB));

    [Fact]
    public void Without_a_limit_buffers_take_128_MiB() => Assert.Equal(128 * MiB, MemoryLimit.Of(null));
}
