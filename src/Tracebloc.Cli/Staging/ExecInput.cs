using Tracebloc.Kubernetes;

namespace Tracebloc.Cli.Staging;

/// <summary>The standard input of a command in a pod as a stream; disposing leaves the command.</summary>
/// <param name="exec">The command.</param>
/// <param name="ended">Takes the end of a command that has ended by then, and what it wrote to standard error.</param>
internal sealed class ExecInput(PodExec exec, Action<ExecStatus, string> ended) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await exec.WriteAsync(buffer, cancellationToken);
        }
        catch (KubernetesException fault)
        {
            throw new IOException(fault.Message, fault);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override async ValueTask DisposeAsync()
    {
        var status = exec.WaitAsync(CancellationToken.None);
        if (status.IsCompletedSuccessfully) ended(await status, exec.Errors);
        await exec.DisposeAsync();
        await base.DisposeAsync();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
