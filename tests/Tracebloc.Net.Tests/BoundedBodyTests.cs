using System.IO.Pipelines;

namespace Tracebloc.Net.Tests;

public sealed class BoundedBodyTests
{
    private const int Limit = 100_000;

    [Theory]
    [InlineData(0, true)]
    [InlineData(Limit, true)]
    [InlineData(0, false)]
    [InlineData(Limit, false)]
    public async Task A_body_up_to_the_limit_is_read_whole(int length, bool announced)
    {
        var sent = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();

        var body = await ReadAsync(new MemoryStream(sent), announced ? length : null);

        Assert.Equal(sent, body?.ToArray());
    }

    [Fact]
    public async Task A_body_that_is_announced_as_too_long_is_not_read()
    {
        using var sent = new MemoryStream(new byte[Limit + 1]);

        Assert.Null(await ReadAsync(sent, Limit + 1));
        Assert.Equal(0, sent.Position);
    }

    [Fact]
    public async Task A_body_without_an_end_is_read_to_the_limit_only()
    {
        using var sent = new MemoryStream(new byte[10 * Limit]);

        Assert.Null(await ReadAsync(sent, null));
        Assert.InRange(sent.Position, Limit, 3 * Limit);
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream stream, int? announced)
    {
        // Of a stream that can seek, the framework would announce the length.
        using var content = new StreamContent(PipeReader.Create(stream, new(leaveOpen: true)).AsStream());
        content.Headers.ContentLength = announced;
        return await BoundedBody.ReadAsync(content, Limit, TestContext.Current.CancellationToken);
    }
}
