using Tracebloc.Net;

namespace Tracebloc.Kubernetes.Tests;

public sealed class ChannelSocketTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The framework calls one side of a WebSocket cancelled when the other has failed.</summary>
    [Fact]
    public async Task A_connection_that_breaks_during_a_write_and_a_read_is_broken_for_both()
    {
        await using var connection = new BreakingStream();
        using var socket = new ChannelSocket(
            new KubernetesRequest("create", HttpMethod.Get, ResourceType.Pods, "default"), connection, "v4");
        var sending = socket.SendAsync(0, new byte[10], Cancelled).AsTask();
        var receiving = socket.ReceiveAsync(Cancelled).AsTask();

        connection.BreakReads();
        var read = await Assert.ThrowsAsync<KubernetesException>(() => receiving);
        connection.BreakWrites();
        var write = await Assert.ThrowsAsync<KubernetesException>(() => sending);

        Assert.True(read.IsTransient && write.IsTransient);
    }

    /// <summary>A connection that is open until a test breaks it.</summary>
    private sealed class BreakingStream : AsyncStream
    {
        private readonly TaskCompletionSource _reads = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _writes = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool CanRead => true;

        public override bool CanWrite => true;

        public void BreakReads() => _reads.SetException(new IOException("the connection was reset"));

        public void BreakWrites() => _writes.SetException(new IOException("the connection was reset"));

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await _reads.Task.WaitAsync(cancellationToken);
            return 0;
        }

        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            await _writes.Task.WaitAsync(cancellationToken);
    }
}
