using Tracebloc.Ingestion.Datasets;

namespace Tracebloc.Ingestion.Tests.Datasets;

public sealed class SipHashTests
{
    private static readonly SipHash OfThePaper = new(0x0706050403020100, 0x0f0e0d0c0b0a0908);

    /// <summary>The vector of the paper's appendix, and some of the reference implementation (vectors.h).</summary>
    [Theory]
    [InlineData(15, 0xa129ca6149be45e5)]
    [InlineData(0, 0x726fdb47dd0e0e31)]
    [InlineData(1, 0x74f839c593dc67fd)]
    [InlineData(8, 0x93f5f5799a932462)]
    public void It_gives_the_hashes_of_the_reference(int count, ulong hash) =>
        Assert.Equal(hash, OfThePaper.Of(Enumerable.Range(0, count).Select(each => (byte)each).ToArray()));

    [Fact]
    public void Another_key_gives_another_hash() =>
        Assert.NotEqual(OfThePaper.Of("cat"u8), new SipHash(1, 2).Of("cat"u8));
}
