using Tracebloc.Net;

namespace Tracebloc.Registry.Pushing;

/// <summary>The body of an answer; each wait for bytes is bounded.</summary>
internal sealed class BlobStream(HttpResponseMessage response, Stream body, TimeProvider time) : AsyncStream
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public override bool CanRead => true;

    /// <exception cref="IOException">The connection broke off, or no byte came in time.</exception>
    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var deadline = new Deadline(Patience, time, cancellationToken);
        try
        {
            return await body.ReadAsync(buffer, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            throw new IOException($"The registry sent nothing for {Patience.TotalSeconds:0} s.");
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await body.DisposeAsync();
        response.Dispose();
        await base.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            response.Dispose();
        base.Dispose(disposing);
    }
}
